#!/bin/sh
# How many executions a second the explorer makes under each memory model, on
# one core: what probe prints, whose every round begins with nothing known.
#   bench/models.sh [SECONDS]      default 10 a program and model
set -eu
cd "$(dirname "$0")/.."
. bench/machine.sh
seconds=${1:-10}
machine
kernel() {
  name=$1 design=$2 arch=$3
  shift 3
  for model; do
    printf "%s on %s, " "$design" "$arch"
    ./lazymm probe --scenario "bench/models.scenarios:$name" --design "$design" \
      --arch "$arch" --model "$model" --seconds "$seconds"
  done
}
for model in sc tso armv8 power lkmm; do
  ./lazymm probe lastzero 14 --model "$model" --seconds "$seconds"
done
kernel late-36 refcount x86-lazy sc tso armv8 lkmm
kernel late-36 refcount powerpc-hash power
kernel late-70 refcount x86-lazy tso lkmm
kernel late-70 refcount powerpc-hash power
kernel idle-40 refcount powerpc-hash sc tso armv8 power lkmm
kernel flush-90 refcount x86-lazy sc tso lkmm
kernel idle-300 refcount powerpc-hash sc
