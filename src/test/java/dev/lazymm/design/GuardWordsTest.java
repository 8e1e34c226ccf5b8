package dev.lazymm.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard says of texts, of NULL and of places, and where it must not be seen. */
class GuardWordsTest {
  private static final String SCENARIO = "e06-idle-exit-move";

  @TempDir Path folder;

  private static String refused(Draft draft) {
    return Draft.refused(() -> draft.check(SCENARIO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"at \" + cpu",
        "\"of \" + new Plain()",
        "\"\" + new int[2]",
        "String.valueOf(p)"
      })
  void anIdentityHashIsNoText(String text) {
    Draft draft =
        Draft.grabbing(
            folder,
            "  static final class Plain {}\n  final Plain p = new Plain();\n",
            "    int n = (%s).length(); // X\n".formatted(text));
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("identity hash");
  }

  @Test
  void whatHasATextIsShownWithIt() {
    Draft draft =
        Draft.grabbing(
            folder,
            "  enum M { A }\n  record R(int n, M m) {}\n",
            "    cpu.step(\"x\" + mm + Sites.B1 + new R(1, M.A) + List.of(M.A) + null);\n");
    assertThat(draft.check(SCENARIO).verdict()).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void aWitnessShowsLinesOfTheDesignAndNoneOfTheGuard() {
    Draft draft =
        Draft.with(
            folder,
            """
              @Override
              public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                cpu.step("my_grab");
                cpu.writeOnce(mm.mmCount, cpu.readOnce(mm.mmCount)); // X
              }
            """);
    assertThat(draft.check("e07-idle-exit").verdict())
        .isInstanceOfSatisfying(
            Verdict.Violated.class,
            v ->
                assertThat(v.violations())
                    .flatMap(violation -> violation.witness().steps())
                    .flatMap(step -> step.stack())
                    .anyMatch(source -> source.file().equals("MyDesign.java"))
                    .noneMatch(source -> source.type().startsWith("dev.lazymm.design.")));
  }

  @Test
  void aSiteThatIsNullIsNoBarrier() {
    Draft draft = Draft.grabbing(folder, "", "    cpu.smpMb(null); // X\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("null for its Site");
  }

  @Test
  void aRecursionWithinTheLibraryIsTold() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            "    List<Object> l = new ArrayList<>();\n    l.add(l);\n    l.hashCode();\n");
    assertThat(refused(draft))
        .startsWith(draft.at("class MyDesign"))
        .contains("calls itself without end");
  }
}
