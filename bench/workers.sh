#!/bin/sh
# How much faster two workers explore than one, and whether the heap stays flat
# over 10^7 executions with 128 MB.
#   bench/workers.sh [SECONDS]      default 20 a program
set -eu
cd "$(dirname "$0")/.."
. bench/machine.sh
seconds=${1:-20}
machine
for program in 'lastzero 16' 'indexer 16' 'readers 18'; do
  for workers in 1 2; do
    # shellcheck disable=SC2086 # the family and its size are two words
    ./lazymm probe $program --seconds "$seconds" --workers "$workers"
  done
done
# 2^19 * 24 = 12,582,912 executions
LAZYMM_JAVA_OPTS=-Xmx128m ./lazymm probe lastzero 21 --seconds 1
