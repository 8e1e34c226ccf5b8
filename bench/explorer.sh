#!/bin/sh
# How many executions a second the explorer makes, on one core, and whether its
# heap stays flat.
#   bench/explorer.sh [SECONDS]      default 10 a program
set -eu
cd "$(dirname "$0")/.."
. bench/machine.sh
seconds=${1:-10}
machine
for program in 'casrot 9' 'indexer 15' 'lastzero 15'; do
  # shellcheck disable=SC2086 # the family and its size are two words
  ./lazymm probe $program --seconds "$seconds"
done
./lazymm probe --scenario bench/refcount-60.scenarios \
  --design refcount --arch powerpc-hash --ordered-increments \
  --seconds "$seconds"
