package dev.lazymm.report;

import dev.lazymm.export.Exported;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Litmus tests that were made of a counterexample, as text. */
public final class ExportText {
  private ExportText() {}

  /** {@return the tests themselves, one below the other} */
  public static String tests(Exported.Tests tests) {
    return tests.tests().stream().map(Exported.Test::text).collect(Collectors.joining("\n"));
  }

  /** {@return which files were written, and what each shows} */
  public static String files(Exported.Tests tests, Path folder) {
    StringBuilder text = new StringBuilder(String.join("\n", Text.wrap(tests.about(), 72)) + "\n");
    for (Exported.Test test : tests.tests()) {
      text.append(
          "  %-9s  %-7s  %s%n".formatted(test.result(), test.model(), folder.resolve(test.file())));
    }
    return text.toString();
  }
}
