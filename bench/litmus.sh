#!/bin/sh
# The CPU seconds of one JVM over litmus tests, beside those of herd7 in a CSV
# (column herd7_cpu_seconds), and how many small tests a second it does.
#   bench/litmus.sh TESTS CFG EXPECTED.csv      tests: a folder beside the CSV
# CFG: a herd configuration file; or - for the model that is built in for the tests' language.
set -eu
[ $# -eq 3 ] || { sed -n '2,5p' "$0" | cut -c3-; exit 2; }
tests=$(realpath "$1")
conf=
[ "$2" = - ] || conf="--conf $(realpath "$2")"
csv=$(realpath "$3")
cd "$(dirname "$0")/.."
. bench/machine.sh
machine
./lazymm --version >/dev/null # builds it

# cpu COMMAND ...: runs it, leaves its CPU seconds (user and system) in $cpu
cpu() {
  cpu=$( ("$@" >/dev/null 2>&1 || true; times) | tail -n 1 | tr 'ms' '  ' |
    awk '{ printf "%.2f", 60 * $1 + $2 + 60 * $3 + $4 }')
}

inside=${tests#"$(dirname "$csv")/"}
awk -F, -v inside="$inside/" '
  { sub(/\r$/, "") }
  NR == 1 { for (i = 1; i <= NF; i++) if ($i == "herd7_cpu_seconds") column = i; next }
  index($1, inside) == 1 && $column != "" { n++; s += $column }
  END { printf "herd7:  %d tests, %.1f CPU s, by the CSV, on its own machine\n", n, s }' "$csv"
# shellcheck disable=SC2086 # nothing, or an option and its file
./lazymm litmus "$tests" $conf --expected "$csv" --timeout 600 | tail -n 1
for only in '' --condition-only; do
  # shellcheck disable=SC2086 # nothing, or one option
  cpu ./lazymm litmus "$tests" $conf --timeout 600 $only
  echo "lazymm: the same folder, one JVM, its start included${only:+, $only}: $cpu CPU s"
done

few=1000
many=5000
for n in $few $many; do
  cpu ./lazymm litmus --generate $n --jobs 1
  eval "cpu_$n=$cpu"
done
echo "$few $cpu_1000 $many $cpu_5000" | awk '{
  printf "after %d tests of 2 to 4 threads: %.0f a CPU second\n", $1, ($3 - $1) / ($4 - $2) }'
