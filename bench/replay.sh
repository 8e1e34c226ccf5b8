#!/bin/sh
# How many trace events a second are replayed with two designs, and how much
# heap that needs as the trace grows: one recording, then a hundred of it in a
# row, each copy later in time and with processes of its own.
#   bench/replay.sh TRACE.txt[.gz] TASKS.txt [COPIES]
set -eu
[ $# -ge 2 ] || { sed -n '2,6p' "$0" | cut -c3-; exit 2; }
trace=$(realpath "$1")
tasks=$(realpath "$2")
copies=${3:-100}
cd "$(dirname "$0")/.."
. bench/machine.sh
machine
text=$(mktemp)
long=$(mktemp)
trap 'rm -f "$text" "$long"' EXIT
gzip -cdf "$trace" >"$text"
awk -v copies="$copies" -f bench/repeat.awk "$text" >"$long"
./lazymm --version >/dev/null # builds it
for file in "$text" "$long"; do
  events=$(grep -vc '^#' "$file")
  for heap in 64m 512m; do
    start=$(date +%s%N)
    LAZYMM_JAVA_OPTS="-Xmx$heap -XX:+UseSerialGC -XX:ActiveProcessorCount=1" \
      ./lazymm replay "$file" --tasks "$tasks" --design refcount,shootdown \
      --arch powerpc-hash >/dev/null || [ $? -eq 3 ]
    end=$(date +%s%N)
    echo "$events $start $end $heap" | awk '{
      s = ($3 - $2) / 1e9
      printf "%9d events, heap at most %s: %6.2f s, %9.0f events/s, JVM start included\n",
        $1, $4, s, $1 / s }'
  done
done
