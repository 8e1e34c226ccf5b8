package dev.lazymm.litmus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random test of RISC-V: two or three short threads over two or three locations, with
 * dependencies, fences, annotations and atomics. The last registers and all locations are shown.
 */
final class RandomRiscV {
  private static final List<String> FENCES =
      List.of(
          "fence rw,rw",
          "fence rw,w",
          "fence rw,r",
          "fence r,rw",
          "fence r,r",
          "fence r,w",
          "fence w,rw",
          "fence w,r",
          "fence w,w",
          "fence.tso");
  private static final List<String> ORDERS = List.of("", ".aq", ".rl", ".aqrl");

  private final SplittableRandom random;
  private final List<String> shown = new ArrayList<>();
  private int locations;

  RandomRiscV(SplittableRandom random) {
    this.random = random;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** {@return its text} */
  String test() {
    int threads = random.nextInt(4) == 0 ? 3 : 2;
    locations = threads == 3 ? 2 : 2 + random.nextInt(2);
    List<List<String>> columns = new ArrayList<>();
    var init = new StringBuilder();
    var heads = new StringBuilder(" P0");
    for (int i = 0; i < threads; i++) {
      columns.add(thread(i, threads == 3 ? 2 : 3 + random.nextInt(2)));
      heads.append(i == 0 ? "" : " | P" + i);
      for (int l = 0; l < locations; l++) {
        init.append("%d:a%d=%s; ".formatted(i, l, location(l)));
      }
    }
    var text = new StringBuilder("RISCV random\n{ " + init + "}\n" + heads + " ;\n");
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    for (int r = 0; r < rows; r++) {
      List<String> cells = new ArrayList<>();
      for (List<String> column : columns) {
        cells.add(r < column.size() ? column.get(r) : "");
      }
      text.append(' ').append(String.join(" | ", cells)).append(" ;\n");
    }
    for (int l = 0; l < locations; l++) {
      shown.add(location(l));
    }
    return text + "locations [" + String.join("; ", shown) + ";]\nexists (x=1)\n";
  }

  private static String location(int l) {
    return List.of("x", "y", "z").get(l);
  }

  /** {@return what the n-th read of a thread goes to, from 1} */
  private static String register(int n) {
    return "s" + (2 + n);
  }

  /** In s0 are values, in s1 addresses, in s2 zeros. */
  private List<String> thread(int number, int accesses) {
    List<String> code = new ArrayList<>();
    int read = 0; // how many registers hold what was read
    for (int i = 0; i < accesses; i++) {
      String from = read > 0 && random.nextInt(2) == 0 ? register(1 + random.nextInt(read)) : "";
      if (i > 0 && random.nextInt(4) == 0) {
        code.add(one(FENCES));
      }
      if (!from.isEmpty() && random.nextInt(4) == 0) {
        code.add("bnez %s,L%d%d".formatted(from, number, i));
        code.add("L%d%d: nop".formatted(number, i));
      }
      String address = "a" + random.nextInt(locations);
      if (!from.isEmpty() && random.nextInt(3) == 0) {
        code.add("xor s2,%s,%s".formatted(from, from));
        code.add("add s1,s2," + address);
        address = "s1";
      }
      code.add("li s0," + (1 + random.nextInt(2)));
      if (!from.isEmpty() && random.nextInt(3) == 0) {
        code.add("xor s2,%s,%s".formatted(from, from));
        code.add("add s0,s0,s2");
      }
      String order = one(ORDERS);
      switch (random.nextInt(6)) {
        case 0, 1 -> code.add("sw%s s0,0(%s)".formatted(order.equals(".rl") ? order : "", address));
        case 2, 3 -> {
          String load = order.equals(".aq") ? "lw.aq" : "lw";
          code.add("%s %s,0(%s)".formatted(load, register(++read), address));
          shown.add(number + ":" + register(read));
        }
        case 4 -> {
          String amo = random.nextBoolean() ? "amoswap.w" : "amoadd.w";
          code.add("%s%s %s,s0,(%s)".formatted(amo, order, register(++read), address));
          shown.add(number + ":" + register(read));
        }
        default -> {
          code.add("lr.w%s %s,(%s)".formatted(one(ORDERS), register(++read), address));
          code.add("sc.w%s %s,s0,(%s)".formatted(order, register(read + 1), address));
          shown.add(number + ":" + register(read));
          shown.add(number + ":" + register(++read));
        }
      }
    }
    return code;
  }
}
