package dev.lazymm.litmus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes tests for ARMv8 at random: a ring of threads, each of which accesses one location, does
 * this and that, and accesses the next, mostly by way of what it has read. In most tests there are
 * two threads, and the first has but a full barrier between its accesses, so that what happens is
 * up to the other.
 */
final class RandomA64 {
  private static final String[] BARRIERS = {
    "DMB SY", "DMB LD", "DMB ST", "DSB SY", "DSB LD", "DSB ST", "ISB", "ISB"
  };
  private static final String[] CONDITIONS = {"EQ", "NE", "GE", "LT", "HI", "LS", "MI", "PL"};

  private final RandomGenerator random;

  RandomA64(RandomGenerator random) {
    this.random = random;
  }

  /** {@return a test of a name} */
  String test(String name) {
    boolean oneSided = random.nextInt(4) > 0;
    int threads = oneSided ? 2 : 2 + random.nextInt(2);
    List<List<String>> columns = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      var thread = new Column(t, (t + 1) % threads, threads > 2);
      columns.add(!oneSided ? thread.lines() : t == 0 ? thread.ordered() : thread.chain());
    }
    String init =
        IntStream.range(0, threads)
            .mapToObj(t -> init(t, threads))
            .collect(Collectors.joining(" ", "{ ", " }\n"));
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    StringBuilder text = new StringBuilder("AArch64 " + name + "\n").append(init);
    text.append(row(IntStream.range(0, threads).mapToObj(t -> "P" + t).toList()));
    for (int r = 0; r < rows; r++) {
      int at = r;
      text.append(row(columns.stream().map(c -> at < c.size() ? c.get(at) : "").toList()));
    }
    String shown =
        IntStream.range(0, threads)
            .mapToObj(t -> "%d:X10; %d:X11; %d:X12; l%d;".formatted(t, t, t, t))
            .collect(Collectors.joining(" "));
    return text + "locations [" + shown + "]\nexists (l0=1 /\\ l1=1 /\\ 0:X10=1)\n";
  }

  private static String init(int thread, int threads) {
    return IntStream.range(0, threads)
            .mapToObj(l -> "%d:X%d=l%d;".formatted(thread, l, l))
            .collect(Collectors.joining(" "))
        + " %d:X9=own%d;".formatted(thread, thread);
  }

  private static String row(List<String> cells) {
    return " " + String.join(" | ", cells) + " ;\n";
  }

  /** One thread; X30 is 0; it loads into X10 and on, and has X18 and on for what it computes. */
  private final class Column {
    private final int id;
    private final int next;
    private final boolean brief;
    private final List<String> lines = new ArrayList<>();
    private int loaded = 10;
    private int computed;
    private int labels;
    private String last = "";

    Column(int id, int next, boolean brief) {
      this.id = id;
      this.next = next;
      this.brief = brief;
    }

    List<String> lines() {
      add("MOV W8,#1");
      access("X" + id, random.nextInt(3) > 0);
      int middle = random.nextInt(brief ? 2 : 4);
      for (int i = 0; i < middle; i++) {
        between();
      }
      access("X" + next, random.nextBoolean());
      return lines;
    }

    /** Two accesses with a full barrier between them. */
    List<String> ordered() {
      add("MOV W8,#1");
      add(random.nextBoolean() ? "STR W8,[X0]" : "LDR W10,[X0]");
      add("DMB SY");
      add(random.nextInt(4) > 0 ? "STR W8,[X1]" : "LDR W11,[X1]");
      return lines;
    }

    /** A read, and a chain from it to another access. */
    List<String> chain() {
      add("MOV W8,#1");
      if (random.nextInt(3) == 0) {
        atomic("X1");
      } else {
        access("X1", true);
      }
      int links = 1 + random.nextInt(3);
      for (int i = 0; i < links; i++) {
        link();
      }
      access("X0", random.nextBoolean());
      return lines;
    }

    private void link() {
      switch (random.nextInt(7)) {
        case 0 -> add(random.nextBoolean() ? "ISB" : BARRIERS[random.nextInt(BARRIERS.length)]);
        case 1, 2 -> select();
        case 3 -> {
          branch();
          if (random.nextBoolean()) {
            add("ISB");
          }
        }
        case 4 -> {
          add("STR %s,%s".formatted(value(), address("X9", false)));
          plainRead("X9");
        }
        case 5 -> plainRead("X1");
        default -> access("X9", true);
      }
    }

    private void plainRead(String base) {
      last = "W" + loaded++;
      add("%s %s,[%s]".formatted(choose("LDR", "LDR", "LDAR", "LDAPR"), last, base));
    }

    private void add(String line) {
      lines.add(line);
    }

    private String fresh() {
      return "W" + (18 + computed++ % 12);
    }

    private void between() {
      switch (random.nextInt(8)) {
        case 0 -> add(BARRIERS[random.nextInt(BARRIERS.length)]);
        case 1, 2 -> select();
        case 3 -> branch();
        case 4 -> access("X" + next, random.nextBoolean());
        default -> {
          access("X9", false);
          if (random.nextBoolean()) {
            access("X9", true);
          }
        }
      }
    }

    /** Has what was read last decide which of two values a register gets. */
    private void select() {
      if (last.isEmpty()) {
        return;
      }
      String result = fresh();
      add("CMP %s,#%d".formatted(last, random.nextInt(2)));
      String condition = CONDITIONS[random.nextInt(CONDITIONS.length)];
      add(
          random.nextBoolean()
              ? "CSET %s,%s".formatted(result, condition)
              : "CSEL %s,W30,%s,%s"
                  .formatted(result, random.nextBoolean() ? "W30" : last, condition));
      last = result;
    }

    private void branch() {
      if (last.isEmpty()) {
        return;
      }
      String label = "L" + id + labels++;
      if (random.nextBoolean()) {
        add("CB%sZ %s,%s".formatted(random.nextBoolean() ? "N" : "", last, label));
      } else {
        add("TBNZ %s,#0,%s".formatted(last, label));
      }
      add(label + ":");
    }

    /** {@return an address, perhaps by way of what was read last} */
    private String address(String base, boolean simple) {
      if (last.isEmpty() || random.nextInt(3) > 0) {
        return "[" + base + "]";
      }
      String zero = fresh();
      add("EOR %s,%s,%s".formatted(zero, last, last));
      if (!simple) {
        return "[%s,%s,SXTW]".formatted(base, zero);
      }
      String sum = fresh().replace('W', 'X');
      add("ADD %s,%s,%s,SXTW".formatted(sum, base, zero));
      return "[" + sum + "]";
    }

    /** {@return a value to write, perhaps by way of what was read last} */
    private String value() {
      if (last.isEmpty() || random.nextBoolean()) {
        return "W8";
      }
      if (random.nextBoolean()) {
        return last;
      }
      String zero = fresh();
      String one = fresh();
      add("EOR %s,%s,%s".formatted(zero, last, last));
      add("ADD %s,%s,#1".formatted(one, zero));
      return one;
    }

    private void access(String base, boolean read) {
      if (random.nextInt(4) == 0) {
        atomic(base);
      } else if (read) {
        String name = choose("LDR", "LDR", "LDR", "LDAR", "LDAPR");
        String address = address(base, !name.equals("LDR"));
        last = "W" + loaded++;
        add("%s %s,%s".formatted(name, last, address));
      } else {
        String name = choose("STR", "STR", "STR", "STLR");
        String value = value();
        add("%s %s,%s".formatted(name, value, address(base, !name.equals("STR"))));
      }
    }

    private void atomic(String base) {
      String order = choose("", "", "A", "L", "AL");
      String value = value();
      String address = address(base, true);
      String target = "W" + loaded++;
      String kept = random.nextInt(4) == 0 ? "WZR" : target;
      switch (random.nextInt(4)) {
        case 0 -> add("SWP%s %s,%s,%s".formatted(order, value, kept, address));
        case 1 ->
            add("LD%s%s %s,%s,%s".formatted(choose("ADD", "SET"), order, value, kept, address));
        case 2 -> {
          add("MOV %s,%s".formatted(target, random.nextBoolean() || last.isEmpty() ? "#0" : last));
          add("CAS%s %s,%s,%s".formatted(order, kept, value, address));
        }
        default -> {
          kept = target;
          add("LD%sXR %s,%s".formatted(choose("", "A"), target, address));
          add("ST%sXR %s,%s,%s".formatted(choose("", "L"), fresh(), value, address));
        }
      }
      last = kept.equals("WZR") ? last : kept;
    }

    private String choose(String... names) {
      return names[random.nextInt(names.length)];
    }
  }
}
