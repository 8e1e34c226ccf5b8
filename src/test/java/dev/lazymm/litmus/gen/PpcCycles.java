package dev.lazymm.litmus.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Small tests for POWER. Each thread begins with the location that the one before it ends with, so
 * that the accesses of all can make a cycle; in between is anything that a model may order by. All
 * values are different, so that the counts tell executions apart.
 */
public final class PpcCycles {
  private static final String LOCATIONS = "xyzw";

  private final long seed;

  /** The same seed gives the same tests. */
  public PpcCycles(long seed) {
    this.seed = seed;
  }

  /** {@return the n-th test} */
  public String test(int n) {
    return new One(new SplittableRandom(seed + n)).text(n);
  }

  /** A test being made. */
  private static final class One {
    private final SplittableRandom random;
    private final StringJoiner shown = new StringJoiner(" ");
    private int value;
    private int labels;

    One(SplittableRandom random) {
      this.random = random;
    }

    String text(int n) {
      int threads = random.nextInt(4) == 0 ? 3 : 2;
      List<List<String>> columns = new ArrayList<>();
      StringBuilder text = new StringBuilder("PPC generated-" + n + "\n{\n");
      for (int t = 0; t < threads; t++) {
        columns.add(thread(t, threads));
        for (int l = 0; l < LOCATIONS.length(); l++) {
          text.append(t + ":r" + (20 + l) + "=" + LOCATIONS.charAt(l) + "; ");
        }
        text.append('\n');
      }
      text.append("}\n");
      int rows = columns.stream().mapToInt(List::size).max().orElseThrow();
      for (int row = -1; row < rows; row++) {
        StringJoiner line = new StringJoiner(" | ", "", " ;\n");
        for (int t = 0; t < threads; t++) {
          List<String> column = columns.get(t);
          line.add(row < 0 ? "P" + t : row < column.size() ? column.get(row) : "");
        }
        text.append(line);
      }
      return text + "locations [" + shown + "]\nexists (x=1)\n";
    }

    private List<String> thread(int t, int threads) {
      List<String> code = new ArrayList<>();
      int between = random.nextInt(threads == 2 ? 3 : 2);
      @Nullable String last = null; // the register of the last read
      boolean atomic = random.nextInt(8) == 0;
      for (int i = 0; i <= between + 1; i++) {
        int location =
            i == 0 ? t : i == between + 1 ? (t + 1) % threads : random.nextInt(threads + 1);
        boolean reads = random.nextBoolean();
        String index = i == 0 ? "r0" : link(code, last, reads);
        String own = "r" + (i + 1);
        String base = "r" + (20 + location);
        String direct = index.equals("r0") ? "0," + base : index + "," + base;
        if (atomic && i == 0) {
          code.addAll(
              List.of(
                  "lwarx " + own + "," + direct,
                  "li r9," + ++value,
                  "stwcx. r9," + direct,
                  "bne L" + ++labels,
                  "L" + labels + ":"));
          shown.add(t + ":" + own + ";");
          last = own;
        } else if (reads) {
          code.add("lwzx " + own + "," + direct);
          shown.add(t + ":" + own + ";");
          last = own;
        } else {
          if (last != null && random.nextInt(3) == 0) {
            code.add("xor r9," + last + "," + last);
            code.add("addi r9,r9," + ++value);
          } else {
            code.add("li r9," + ++value);
          }
          code.add("stwx r9," + direct);
        }
      }
      return code;
    }

    /** {@return the register to add to the next address, after some code} */
    private String link(List<String> code, @Nullable String last, boolean reads) {
      switch (random.nextInt(last == null ? 5 : 9)) {
        case 0 -> code.add("sync");
        case 1, 2 -> code.add("lwsync");
        case 3 -> code.add(reads ? "lwsync" : "eieio");
        case 4 -> {}
        case 5, 6 -> {
          code.add("xor r8," + last + "," + last);
          return "r8";
        }
        default -> {
          code.add("cmpw " + last + "," + last);
          code.add("beq L" + ++labels);
          code.add("L" + labels + ":");
          if (random.nextBoolean()) {
            code.add("isync");
          }
        }
      }
      return "r0";
    }
  }
}
