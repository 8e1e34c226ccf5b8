package dev.lazymm.litmus.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Small tests for POWER. Each thread begins with the location that the one before it ends with, so
 * that the accesses of all can make a cycle; in between is anything that a model may order by. In
 * every other test that is a chain of accesses to one more location, without fences.
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
      boolean inner = n % 2 == 0;
      int threads = inner || random.nextInt(4) == 0 ? 3 : 2;
      List<List<String>> columns = new ArrayList<>();
      StringBuilder text = new StringBuilder("PPC generated-" + n + "\n{\n");
      for (int t = 0; t < threads; t++) {
        columns.add(inner ? chain(t) : thread(t, threads));
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

    /** Writes x and y; from a read of y by way of other accesses to x; interferes. */
    private List<String> chain(int t) {
      List<String> code = new ArrayList<>();
      if (t == 0 && random.nextBoolean()) {
        code.addAll(List.of("li r9,1", "stw r9,0(r20)", "lwsync", "li r9,2", "stw r9,0(r21)"));
      } else if (t == 0) {
        code.addAll(List.of("lwz r1,0(r20)", "xor r9,r1,r1", "addi r9,r9,2", "stw r9,0(r21)"));
        shown.add("0:r1;");
      } else if (t == 2) {
        code.addAll(List.of("li r9,9", "stw r9,0(r22)"));
      } else {
        String last = "r1";
        code.add("lwz r1,0(r21)");
        shown.add("1:r1;");
        int base = random.nextInt(3) == 0 ? 21 : 22;
        int between = 1 + random.nextInt(3);
        for (int i = 2; i <= between + 2; i++) {
          boolean reads = random.nextInt(5) < 3;
          String own = "r" + i;
          String at = i == between + 2 ? "r20" : "r" + base;
          boolean depends = i == 2 || i == between + 2 || random.nextInt(4) == 0;
          if (depends) {
            code.add("xor r8," + last + "," + last);
          }
          if (reads) {
            code.add(depends ? "lwzx " + own + ",r8," + at : "lwz " + own + ",0(" + at + ")");
            shown.add("1:" + own + ";");
            last = own;
          } else if (depends && random.nextBoolean()) {
            code.addAll(List.of("addi r8,r8," + (i + 2), "stw r8,0(" + at + ")"));
          } else {
            code.add("li r9," + (i + 2));
            code.add(depends ? "stwx r9,r8," + at : "stw r9,0(" + at + ")");
          }
        }
      }
      return code;
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
