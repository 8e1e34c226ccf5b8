#!/bin/sh
# How long litmus tests take as threads are added to one shape; the time is that
# of the test, without the start of the JVM.
#   bench/litmus-scaling.sh [SECONDS]      limit for each test, default 120
set -eu
limit=${1:-120}
cd "$(dirname "$0")/.."
. bench/machine.sh
machine
tests=$(mktemp -d)
trap 'rm -rf "$tests"' EXIT
./lazymm --version >/dev/null # builds it

# write SHAPE N: prints a test. Shapes: the last of N references frees (last);
# a ring of store buffering under one lock (spin, xchg, cmpxchg); a ring of
# grace periods and critical sections, one period short of as many (rcu).
write() {
  awk -v shape="$1" -v n="$2" 'BEGIN {
    print "C " shape "-" n "\n\n{" (shape == "last" ? " c=" n "; " : "") "}"
    op = shape == "last" ? " \\/ " : " /\\ "
    for (i = 0; i < n; i++) {
      j = (i + 1) % n
      if (shape == "last") {
        print "\nP" i "(int *x, atomic_t *c)\n{\n\tr1 = READ_ONCE(*x);"
        print "\tr2 = atomic_dec_and_test(c);\n\tif (r2) {\n\t\tWRITE_ONCE(*x, 2);\n\t}\n}"
        one = i ":r1=2"
      } else if (shape == "rcu") {
        print "\nP" i "(int *x" i ", int *x" j ")\n{"
        print (i < n / 2 - 1 ? "\tr1 = READ_ONCE(*x" i ");\n\tsynchronize_rcu();" \
                             : "\trcu_read_lock();\n\tr1 = READ_ONCE(*x" i ");")
        print "\tWRITE_ONCE(*x" j ", 1);" (i < n / 2 - 1 ? "" : "\n\trcu_read_unlock();") "\n}"
        one = i ":r1=1"
      } else {
        lock = shape == "spin" ? "spin_lock(l);" : "r2 = " shape "_acquire(l, " \
               (shape == "xchg" ? "1);" : "0, 1);")
        unlock = shape == "spin" ? "spin_unlock(l);" : "smp_store_release(l, 0);"
        type = shape == "spin" ? "spinlock_t" : "int"
        print "\nP" i "(" type " *l, int *x" i ", int *x" j ")\n{\n\t" lock
        print "\tWRITE_ONCE(*x" i ", 1);\n\tr1 = READ_ONCE(*x" j ");\n\t" unlock "\n}"
        one = i ":r1=0" (shape == "spin" ? "" : op i ":r2=0")
      }
      condition = condition (i ? op : "") one
    }
    print "\nexists (" condition ")"
  }'
}

run() {
  shape=$1
  n=$2
  shift 2
  write "$shape" "$n" >"$tests/test.litmus"
  ./lazymm herd -timeout "$limit" "$@" "$tests/test.litmus" 2>&1 |
    awk -v what="$shape $n $*" '
      /^Observation/ { seen = $3 " " $4 " " $5 }
      /^Time/ { time = $3 " s" }
      /timeout/ { time = "timeout" }
      END { printf "%-28s %8s   %s\n", what, time, seen }'
}

for n in 3 4 5 6; do run last $n; done
for n in 3 4 5; do run spin $n; done
for n in 3 4; do run xchg $n; run cmpxchg $n; done
for n in 10 16 19; do run rcu $n -speedcheck true; done
for n in 10 12; do run rcu $n; done
