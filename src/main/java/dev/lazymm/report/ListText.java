package dev.lazymm.report;

import dev.lazymm.check.Invariants;
import java.util.List;
import java.util.Map;

/** The text of {@code list}. */
public final class ListText {
  private static final int WIDEST = 24;
  private static final String OWN_DESIGN = "FILE.java  ";

  private ListText() {}

  /** {@return a paragraph for each list, with a heading if there are several} */
  public static String of(Map<String, List<ListJson.Item>> lists) {
    StringBuilder out = new StringBuilder();
    lists.forEach((kind, items) -> {
      boolean heading = lists.size() > 1;
      if (heading) {
        out.append(out.isEmpty() ? "" : "\n").append(kind).append('\n');
      }
      int widest = items.stream().mapToInt(i -> i.name().length()).max().orElse(0);
      int width = Math.min(WIDEST, widest) + (heading ? 2 : 0) + 2;
      for (ListJson.Item item : items) {
        String head = (heading ? "  " : "") + item.name() + "  ";
        Text.hang(out, head + " ".repeat(Math.max(0, width - head.length())), item.about());
      }
      if (kind.equals("designs")) {
        String head = (heading ? "  " : "") + OWN_DESIGN;
        Text.hang(
            out,
            head + " ".repeat(Math.max(0, width - head.length())),
            "one of your own: --design FILE.java, see docs/write-a-design.md");
      }
    });
    return out.toString();
  }

  /** {@return one line about what a verdict can name} */
  public static String about(String invariant) {
    return switch (invariant) {
      case Invariants.HANG -> "every wait ends";
      case Invariants.OOPS -> "no code fails outright, as by following NULL";
      case Invariants.NEVER -> "no execution ends as the scenario says none does";
      case Invariants.ALWAYS -> "every execution ends as the scenario says all do";
      case Invariants.EXISTS -> "some execution ends as the scenario says some does";
      default -> Invariants.about(invariant);
    };
  }
}
