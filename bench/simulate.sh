#!/bin/sh
# What a simulated step costs, by the number of CPUs: a process with a thread
# on each CPU, all going idle and back. The same work is divided among few CPUs
# and among many. Each size is run with two numbers of rounds; the difference
# leaves the start of the JVM and the making of the CPUs out.
#   bench/simulate.sh [DESIGN [ROUNDS [CPUS ...]]]
# ROUNDS is how many rounds all CPUs together make in the shorter run.
set -eu
design=${1:-shootdown}
rounds=${2:-32768}
[ $# -le 2 ] || shift 2
[ $# -ge 1 ] && [ "${1#[0-9]}" != "$1" ] || set -- 2 64 1024 4096
cd "$(dirname "$0")/.."
. bench/machine.sh
machine
./lazymm --version >/dev/null # builds it

# simulate CPUS ROUNDS: seconds, operations, hand-overs, waits
simulate() {
  start=$(date +%s%N)
  json=$(./lazymm simulate --cpus "$1" --rounds "$2" --design "$design" \
    --arch powerpc-hash --json)
  end=$(date +%s%N)
  printf '%s\n' "$json" | awk -v ns="$((end - start))" '
    /"operations"/ { gsub(/[^0-9]/, ""); operations = $0 }
    /"handOvers"/ { gsub(/[^0-9]/, ""); hand_overs = $0 }
    END { print ns / 1e9, operations, hand_overs }'
}

printf '%s, %s and %s rounds\n' "$design" "$rounds" "$((4 * rounds))"
for cpus in "$@"; do
  each=$((rounds / cpus))
  [ "$each" -ge 1 ] || each=1
  short=$(simulate "$cpus" "$each")
  long=$(simulate "$cpus" "$((4 * each))")
  echo "$cpus $short $long" | awk '{
    s = $5 - $2; n = $6 - $3
    printf "%5d CPUs: %8d operations, %5.3f hand-overs each, %9.0f a second, %5.0f ns each\n",
      $1, n, ($7 - $4) / n, n / s, 1e9 * s / n }'
done
