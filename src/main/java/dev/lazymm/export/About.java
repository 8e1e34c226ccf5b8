package dev.lazymm.export;

import dev.lazymm.check.Prevention;
import dev.lazymm.check.Shape;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.Sites;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a harm was found in, for the names and first comments of its tests.
 *
 * @param scenario the scenario's name
 * @param actions what each CPU does in it: {@code cpu 0: (A1) idle}
 * @param design the lifetime design
 * @param arch the architecture
 * @param model the memory model under which it was found
 * @param site the ordering point that was weakened; null if none was
 * @param form what it was weakened to: {@code removed}, {@code acquire}
 * @param command the command line that makes the tests
 */
public record About(
    String scenario,
    List<String> actions,
    String design,
    String arch,
    String model,
    @Nullable String site,
    String form,
    String command) {
  private static final int WIDTH = 69;
  private static final String REMOVED = "removed";

  public About {
    actions = List.copyOf(actions);
  }

  /** {@return a name that herd and the kernel's scripts take} */
  String name(Violation violation, boolean isOrder, boolean with) {
    String what =
        site != null
            ? with ? site : form.equals(REMOVED) ? "no-" + site : site + "-" + form
            : violation.invariant() + (with && isOrder ? "+barrier" : "");
    return (scenario + "+" + what).replaceAll("[^A-Za-z0-9+._-]", "-");
  }

  /** {@return what the tests show, in a sentence} */
  String sentence(Violation violation, boolean isOrder) {
    if (!isOrder) {
      return "no ordering bug: %s with everything in order, as under sc"
          .formatted(violation.what());
    }
    return site == null
        ? violation.what() + "; a barrier would forbid it"
        : violation.what() + " " + without();
  }

  /** {@return the first comment of a test} */
  List<String> header(
      Violation violation, Shape shape, boolean with, String result, String judgedBy) {
    List<String> lines = new ArrayList<>();
    lines.add("Result: " + result);
    lines.add("");
    wrap(lines, "", violation.invariant() + ": " + violation.what() + ".");
    wrap(lines, "", "Design %s on %s, scenario %s.".formatted(design, arch, scenario));
    wrap(lines, "", barrier(violation, shape, with));
    if (!with && shape.isOrder()) {
      violation.savedBy().forEach(saved -> wrap(lines, "", "It " + saved.text() + "."));
    }
    lines.add("");
    for (int i = 0; i < shape.cpus().size(); i++) {
      int cpu = shape.cpus().get(i).cpu();
      wrap(lines, "P%d is ".formatted(i), cpu < actions.size() ? actions.get(cpu) : "cpu " + cpu);
    }
    for (Shape.Location at : used(shape)) {
      if (at.name().startsWith("ipi ")) {
        wrap(
            lines,
            "",
            "The IPI is a store that the taking of the interrupt reads, with the full barriers"
                + " of llist_add() and llist_del_all() where these matter.");
      } else if (at.name().startsWith("memory of ")) {
        wrap(
            lines,
            "",
            at.name() + ": what is freed or changed writes it, who still uses it reads it.");
      }
    }
    lines.add("");
    lines.add("Judged by lazymm's " + judgedBy + " model. Made by");
    wrap(lines, "  ", command);
    return lines;
  }

  private static List<Shape.Location> used(Shape shape) {
    List<Shape.Location> used = new ArrayList<>();
    for (int i = 0; i < shape.locations().size(); i++) {
      int at = i;
      if (shape.steps().stream().anyMatch(step -> step.location() == at)) {
        used.add(shape.locations().get(i));
      }
    }
    return used;
  }

  private String barrier(Violation violation, Shape shape, boolean with) {
    if (!shape.isOrder()) {
      return "Not an ordering bug: it happens with everything in order, as under sequential"
          + " consistency.";
    }
    if (site != null) {
      return (with ? "As the code is, with " + site : upper(without())) + where() + ".";
    }
    Prevention prevention =
        violation.explained() == null ? null : violation.explained().prevention();
    String text = prevention == null ? "" : prevention.text();
    String sentence = text.isEmpty() ? "" : " " + upper(text) + ".";
    return (with ? "With the barrier." : "As the code is.") + sentence;
  }

  /** What the site is, if it is one of the kernel's own. */
  private String where() {
    return Sites.all().stream()
        .filter(s -> s.name().equals(site))
        .map(s -> " (%s)".formatted(s.where()))
        .findFirst()
        .orElse("");
  }

  private String without() {
    return form.equals(REMOVED) ? "without " + site : "with %s as %s alone".formatted(site, form);
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static void wrap(List<String> lines, String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : text.split(" +", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent.isEmpty() ? 0 : indent.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
  }
}
