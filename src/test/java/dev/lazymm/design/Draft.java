package dev.lazymm.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A design that a test writes into a file: refcount, with something changed. */
record Draft(Path file, List<String> lines) {
  private static final String DESIGN =
      """
      import dev.lazymm.kernel.*;
      import dev.lazymm.machine.*;
      import java.util.*;
      import java.util.stream.*;

      public class MyDesign extends Refcount {
        public MyDesign(Kernel kernel) {
          super(kernel);
        }

        @Override
        public String name() {
          return "mine";
        }

      MEMBERS}
      """;

  private static final String GRAB =
      """
        @Override
        public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
      STATEMENTS    super.mmgrabLazyTlb(cpu, mm);
        }
      """;

  /** {@return a file MyDesign.java with just this in it} */
  static Draft file(Path folder, String text) {
    try {
      Path file = Files.writeString(folder.resolve("MyDesign.java"), text);
      return new Draft(file, text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return a design that is refcount but for these members} */
  static Draft with(Path folder, String members) {
    return file(folder, DESIGN.replace("MEMBERS", members));
  }

  /** {@return a design that does this whenever a borrow begins} */
  static Draft grabbing(Path folder, String members, String statements) {
    return with(folder, members + GRAB.replace("STATEMENTS", statements));
  }

  String path() {
    return file.toString();
  }

  /** {@return the place of the line that has the mark} */
  String at(String mark) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(mark)) {
        return path() + ":" + (i + 1) + ": ";
      }
    }
    throw new AssertionError(mark);
  }

  Designs.Entry load() {
    return OwnDesign.load(path());
  }

  /** Checks it over a scenario without having been inspected. */
  CheckResult check(String scenario) {
    Designs.Entry design = OwnDesign.load(path(), false);
    return new Checker(Checker.Options.defaults())
        .check(
            ScenarioLibrary.builtIn().find(scenario),
            KernelFactory.of(Arches.find("x86-eager").orElseThrow(), design));
  }

  static String refused(Supplier<?> action) {
    DesignException e = catchThrowableOfType(DesignException.class, action::get);
    assertThat(e).as("not refused").isNotNull();
    return String.valueOf(e.getMessage());
  }
}
