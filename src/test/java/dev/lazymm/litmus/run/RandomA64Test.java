package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Our own model of ARMv8 against the architects' {@code aarch64.cat}, on tests made at random. */
class RandomA64Test {
  private static final int TESTS = Integer.getInteger("a64.tests", 400);
  private static final int SEED = Integer.getInteger("a64.seed", 1);

  private static Tools oracle() throws IOException {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      return abort(
          "NOT TESTED AGAINST aarch64.cat: LAZYMM_DATA is not set; it names the directory that"
              + " contains cat/");
    }
    Path folder = Path.of(data, "cat");
    return Tools.load(
        new Request(
            null,
            folder.resolve("aarch64.cat").toString(),
            null,
            null,
            List.of(folder),
            Set.of(),
            Request.UNROLL));
  }

  private static String text(int i) {
    return new RandomA64(new SplittableRandom(1_000L * SEED + i)).test("r" + i);
  }

  private static boolean isSame(Result a, Result b) {
    return a.states().equals(b.states())
        && a.positive() == b.positive()
        && a.negative() == b.negative();
  }

  private static Result run(Tools tools, String text) {
    return Suite.run(tools.read(Source.of("t", text)), tools.model("AArch64").model());
  }

  @Test
  void sameExecutions() throws IOException {
    Tools oracle = oracle();
    Tools own = Tools.load(Request.of("armv8"));
    List<String> different = new ArrayList<>();
    int weak = 0;
    for (int i = 0; i < TESTS; i++) {
      String text = text(i);
      Result expected = run(oracle, text);
      Result found = run(own, text);
      weak += expected.positive() > 0 ? 1 : 0;
      if (!isSame(found, expected)) {
        different.add(
            "%d/%d, expected %d/%d%n%s"
                .formatted(
                    found.positive(),
                    found.negative(),
                    expected.positive(),
                    expected.negative(),
                    text));
      }
    }
    assertThat(weak).isBetween(TESTS / 20, TESTS);
    assertThat(different).isEmpty();
  }
}
