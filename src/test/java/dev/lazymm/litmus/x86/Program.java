package dev.lazymm.litmus.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small program for x86, drawn at random: straight code on two or three locations, most of it
 * loads and stores.
 */
record Program(String name, List<List<Step>> threads, List<String> locations) {
  static final List<String> REGISTERS = List.of("EAX", "EBX", "ECX");

  /** What an instruction does. */
  enum Kind {
    LOAD,
    STORE,
    STORE_REGISTER,
    MFENCE,
    XCHG,
    LOCK_INC,
    LOCK_XADD,
    LOCK_CMPXCHG,
    INC,
    ADD_TO_REGISTER,
    SFENCE
  }

  /**
   * An instruction.
   *
   * @param register by number
   * @param location by number
   * @param number what a STORE writes
   */
  record Step(Kind kind, int register, int location, int number) {
    String text(List<String> locations) {
      String r = REGISTERS.get(register);
      String x = "[" + locations.get(location) + "]";
      return switch (kind) {
        case LOAD -> "MOV " + r + "," + x;
        case STORE -> "MOV " + x + ",$" + number;
        case STORE_REGISTER -> "MOV " + x + "," + r;
        case MFENCE -> "MFENCE";
        case SFENCE -> "SFENCE";
        case XCHG -> "XCHG " + x + "," + r;
        case LOCK_INC -> "LOCK INC " + x;
        case LOCK_XADD -> "LOCK XADD " + x + "," + r;
        case LOCK_CMPXCHG -> "LOCK CMPXCHG " + x + "," + r;
        case INC -> "INC " + x;
        case ADD_TO_REGISTER -> "ADD " + r + "," + x;
      };
    }
  }

  private static final List<Kind> DRAWN =
      List.of(
          Kind.LOAD,
          Kind.LOAD,
          Kind.LOAD,
          Kind.LOAD,
          Kind.STORE,
          Kind.STORE,
          Kind.STORE,
          Kind.STORE,
          Kind.STORE_REGISTER,
          Kind.MFENCE,
          Kind.XCHG,
          Kind.LOCK_INC,
          Kind.LOCK_XADD,
          Kind.LOCK_CMPXCHG,
          Kind.INC,
          Kind.ADD_TO_REGISTER,
          Kind.SFENCE);

  /** {@return the n-th program, always the same} */
  static Program draw(int n) {
    var random = new SplittableRandom(7_000_003L + n);
    List<String> locations = List.of("x", "y", "z").subList(0, random.nextInt(4) == 0 ? 3 : 2);
    int threads = random.nextInt(4) == 0 ? 3 : 2;
    List<List<Step>> all = new ArrayList<>();
    int written = 1;
    boolean buffering = n % 2 == 0; // each thread stores, at last loads what the next stores
    for (int t = 0; t < threads; t++) {
      List<Step> steps = new ArrayList<>();
      int length = threads == 3 ? 2 : random.nextInt(2, 5);
      for (int i = 0; i < length; i++) {
        int register = random.nextInt(REGISTERS.size());
        Kind drawn = DRAWN.get(random.nextInt(DRAWN.size()));
        int location = random.nextInt(locations.size());
        if (buffering && i == 0) {
          steps.add(new Step(Kind.STORE, register, t % 2, written++));
        } else if (buffering && i == length - 1) {
          steps.add(new Step(Kind.LOAD, register, 1 - t % 2, 0));
        } else {
          steps.add(new Step(drawn, register, location, written++));
        }
      }
      all.add(steps);
    }
    return new Program("random-" + n, all, locations);
  }

  boolean has(Kind kind) {
    return threads.stream().flatMap(List::stream).anyMatch(s -> s.kind() == kind);
  }

  /** {@return it as a litmus test that shows all of the final state} */
  String text() {
    var rows = new StringBuilder();
    var heads = new ArrayList<String>();
    var shown = new StringBuilder();
    for (int t = 0; t < threads.size(); t++) {
      heads.add("P" + t);
      for (String register : REGISTERS) {
        shown.append(t).append(':').append(register).append("; ");
      }
    }
    locations.forEach(l -> shown.append(l).append("; "));
    int length = threads.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < length; i++) {
      var cells = new ArrayList<String>();
      for (List<Step> steps : threads) {
        cells.add(i < steps.size() ? steps.get(i).text(locations) : "");
      }
      rows.append(String.join(" | ", cells)).append(" ;\n");
    }
    return "X86 %s\n{ x=0; y=0; z=0; }\n%s ;\n%slocations [%s]\nexists (x=0)\n"
        .formatted(name, String.join(" | ", heads), rows, shown);
  }
}
