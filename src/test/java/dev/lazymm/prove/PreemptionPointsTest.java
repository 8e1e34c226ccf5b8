package dev.lazymm.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Checker;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A CPU passes a preemption point if what is in a bracket happens there: there is more in an
 * execution than without. A bracket is a point's, whatever action of the line comes to it. So the
 * points of {@link Alphabet} are those that the kernel has.
 */
class PreemptionPointsTest {
  private static final Set<String> POINTS =
      Set.of("exit_mm", "exit_mmap", "kthread_use_mm", "kthread_unuse_mm");

  private static final Pattern CALL = Pattern.compile("\\bpreemptPoint\\(\"(\\w+)\"\\)");

  @Test
  void theKernelHasNoOthers() throws IOException {
    Set<String> called = new TreeSet<>();
    try (var files = Files.list(Path.of("src/main/java/dev/lazymm/kernel"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher m = CALL.matcher(Files.readString(file));
        while (m.find()) {
          called.add(m.group(1));
        }
      }
    }
    assertThat(called).isEqualTo(POINTS);
  }

  /** Each where it does most; in some execution whoever drops a user drops the last. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit     | (A1) @      |",
        "exec B   | (A1) @      |",
        "fork B1  | (A1) @      |",
        "clone A2 | (A1) @      |",
        "use A    | (k1) @; unuse  | (A1) exit",
        "unuse    | (k1) use A; @  | (A1) exit",
        "pin A    | (k1) @      | (A1) exit",
        "unpin A  | (k1) @      | (A1) exit",
        "get A    | (k1) @; put A  | (A1) exit",
        "put A    | (k1) @      | (A1) exit",
        "munmap   | (A1) @      |",
        "mprotect | (A1) @      |",
      })
  void areThoseThatActionsPass(String action, String line, @Nullable String other) {
    Scenario plain = scenario(action, line, other);
    Set<String> passed = new TreeSet<>();
    for (String point : POINTS) {
      String preempted = "%s [%s: pin A; unpin A]".formatted(action, point);
      if (events(scenario(preempted, line, other)) > events(plain)) {
        passed.add(point);
      }
    }
    Set<String> expected = new TreeSet<>();
    plain.cpus().getFirst().actions().forEach(a -> expected.addAll(Alphabet.points(a)));
    assertThat(passed).isEqualTo(expected);
  }

  private static Scenario scenario(String action, String line, @Nullable String other) {
    String text =
        """
        scenario one: one action that may be preempted
        start: cpu 0 pins A
        start: cpu 0 pins A
        %scpu 0: %s
        cpu 1: %s
        """
            .formatted(
                action.startsWith("put") ? "start: cpu 0 gets A\n" : "",
                line.replace("@", action),
                other == null ? "" : other);
    return ScenarioParser.parse("test", text).getFirst();
  }

  private static int events(Scenario scenario) {
    KernelFactory factory =
        KernelFactory.of(
            Arches.find("powerpc-hash").orElseThrow(), Designs.find("refcount").orElseThrow());
    return new Checker(Checker.Options.defaults()).check(scenario, factory).bound().events();
  }
}
