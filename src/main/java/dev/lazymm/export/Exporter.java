package dev.lazymm.export;

import dev.lazymm.check.Explained;
import dev.lazymm.check.Shape;
import dev.lazymm.check.Violation;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Result.Observation;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.run.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Makes litmus tests of a harm: one as the code is, which shows it, and, if barriers would forbid
 * it, one with these, which never does. Both are judged by the litmus engine, and none is given out
 * that does not show what is said of it.
 */
public final class Exporter {
  /** The languages that there are, the first being the one of the kernel's own tests. */
  public static final List<String> LANGUAGES = List.of("c", "x86", "aarch64", "ppc", "riscv");

  private static final String C = "c";
  private static final Map<String, String> MODELS =
      Map.of(C, "lkmm", "x86", "tso", "aarch64", "armv8", "ppc", "power", "riscv", "riscv");
  private static final Map<String, String> MAPPINGS =
      Map.of("tso", "x86", "armv8", "aarch64", "power", "ppc", "riscv", "riscv");

  private final About about;
  private final Violation violation;
  private final Observer text = Observer.ofText();

  private Exporter(About about, Violation violation) {
    this.about = about;
    this.violation = violation;
  }

  /**
   * {@return tests of a violation that was explained, or why there are none}
   *
   * @param languages of {@link #LANGUAGES}
   */
  public static Exported of(About about, Violation violation, List<String> languages) {
    return new Exporter(about, violation).exported(languages);
  }

  private Exported exported(List<String> languages) {
    Explained explained = violation.explained();
    Shape found = explained == null ? null : explained.shape();
    if (found == null) {
      return new Exported.Refused(
          "no memory accesses of two CPUs are behind it; a litmus test has nothing else");
    }
    if (about.site() != null && !found.isOrder()) {
      return new Exported.Refused(
          "without %s it happens with everything in order: no barrier is behind it"
              .formatted(about.site()));
    }
    if (about.site() != null && !found.sites().contains(about.site())) {
      return new Exported.Refused(
          "%s alone does not forbid this execution".formatted(about.site()));
    }
    String mapping = MAPPINGS.get(about.model());
    Observer judge = mapping == null ? text : Observer.of(mapping);
    if (!shows(judge, found)) {
      return new Exported.Refused(unconfirmed(judge, found));
    }
    Shape shape = found.isOrder() ? Smaller.of(found, less -> shows(judge, less)) : found.marked();
    List<Exported.Test> tests = new ArrayList<>();
    for (String language : languages) {
      for (boolean with : shape.isOrder() ? new boolean[] {false, true} : new boolean[] {false}) {
        try {
          tests.add(test(shape, with, language));
        } catch (LitmusException e) {
          return new Exported.Refused(
              "%s has no such test: %s".formatted(language, e.getMessage()));
        }
      }
    }
    return new Exported.Tests(about.sentence(violation, shape.isOrder()), tests);
  }

  // ---- what it shows ---------------------------------------------------------------------------

  private static boolean shows(Observer judge, Shape shape) {
    return isSeen(observed(judge, shape, false))
        && (!shape.isOrder()
            || observed(judge, shape, true).filter(Observation.NEVER::equals).isPresent());
  }

  private static boolean isSeen(Optional<Observation> observation) {
    return observation.filter(o -> o != Observation.NEVER).isPresent();
  }

  private static Optional<Observation> observed(Observer judge, Shape shape, boolean with) {
    return judge.observe(new CText(shape, with).text("test", List.of()));
  }

  private String unconfirmed(Observer judge, Shape shape) {
    return "the litmus engine does not confirm it under %s: %s without the barrier, %s with it%n%s"
        .formatted(
            about.model(),
            word(observed(judge, shape, false)),
            word(observed(judge, shape, true)),
            new CText(shape, true).text("unconfirmed", List.of()).indent(2).stripTrailing());
  }

  private static String word(Optional<Observation> observation) {
    return observation.map(Observation::word).orElse("no answer");
  }

  // ---- the tests -------------------------------------------------------------------------------

  private Exported.Test test(Shape shape, boolean with, String language) {
    String name = about.name(violation, shape.isOrder(), with);
    CText test = new CText(shape, with);
    String c = test.text(name, List.of());
    String body = language.equals(C) ? c : converted(name, c, language);
    String result = word(text.observe(body));
    String model = String.valueOf(MODELS.get(language));
    List<String> header = about.header(violation, shape, with, result, model);
    String file = name + (language.equals(C) ? "" : "." + language) + ".litmus";
    return new Exported.Test(
        name,
        file,
        language,
        with && shape.isOrder(),
        model,
        result,
        language.equals(C)
            ? new CText(shape, with).text(name, header)
            : body.replaceFirst("\n", "\n" + Matcher.quoteReplacement(CText.comment(header))));
  }

  private static String converted(String name, String c, String language) {
    try {
      return Target.of(language).ofCounts().convert(Source.of(name, c), Macros.linux()).text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
