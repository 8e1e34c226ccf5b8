package dev.lazymm.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.HandingDesign;
import dev.lazymm.kernel.HandingDesign.Shape;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.RelyingDesign;
import dev.lazymm.kernel.history.UnorderedSwitch;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is exported is read again: with the barrier it never shows what it shows without; and each
 * design that does together what a well-known litmus test does is exported as that very test.
 */
class ExporterTest {
  private static final List<Scenario> SCENARIOS =
      ScenarioParser.parse(
          "test",
          """
          scenario two-idle: two CPUs borrow two mms
          cpu 0: (A1) idle
          cpu 1: (B1) idle

          scenario three-idle: three CPUs borrow three mms
          cpu 0: (A1) idle
          cpu 1: (B1) idle
          cpu 2: (C1) idle
          """);

  private static Violation violation(
      String model, int cpus, Function<Kernel, LazyMm> design, Set<Site> weakened) {
    Checker.Options options =
        Checker.Options.defaults()
            .withModel(Model.named(model))
            .withWeakened(Weakenings.removing(weakened));
    CheckResult result =
        new Checker(options)
            .explaining(List.of())
            .check(
                SCENARIOS.get(cpus - 2),
                memory ->
                    new Kernel(memory, Arches.find("powerpc-hash").orElseThrow().make(), design));
    assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
    return ((Verdict.Violated) result.verdict()).violations().getFirst();
  }

  private static Map<String, Exported.Test> tests(
      String model, Violation violation, @Nullable Site site, List<String> languages) {
    String name = site == null ? null : site.name();
    About about =
        new About(
            "two-idle", List.of(), "handing", "powerpc-hash", model, name, "removed", "export");
    Exported exported = Exporter.of(about, violation, languages);
    assertThat(exported).isInstanceOf(Exported.Tests.class);
    return ((Exported.Tests) exported)
        .tests().stream().collect(Collectors.toMap(Exported.Test::file, test -> test));
  }

  private static Exported.Test file(Map<String, Exported.Test> tests, String name) {
    return Objects.requireNonNull(tests.get(name), name);
  }

  private static String observed(Exported.Test test) throws IOException {
    Tools tools = Tools.load(new Request(null, null, null, null, List.of(), Set.of(), 2));
    var read = tools.read(Source.of(test.file(), test.text()));
    assertThat(read.name()).isEqualTo(test.name());
    assertThatCode(() -> HerdGrammar.read(test.text())).as(test.text()).doesNotThrowAnyException();
    Result result = Search.run(read, tools.model(read.arch())::judge, Search.Options.defaults());
    return result.observation().word();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void eachBarrierIsATestAndItsOpposite(Shape shape) throws IOException {
    for (Site site : shape.sites()) {
      Violation v =
          violation("lkmm", shape.sites().size(), k -> new HandingDesign(k, shape), Set.of(site));
      Map<String, Exported.Test> tests = tests("lkmm", v, site, Exporter.LANGUAGES);
      assertThat(tests).hasSize(2 * Exporter.LANGUAGES.size());
      for (Exported.Test test : tests.values()) {
        assertThat(observed(test)).as(test.text()).isEqualTo(test.result());
        assertThat(test.text()).contains("\n * Result: " + test.result() + "\n");
        assertThat(test.file()).matches("[A-Za-z0-9+._-]+\\.litmus");
        if (test.barrier()) {
          assertThat(test.result()).as(test.text()).isEqualTo("Never");
        } else if (test.language().equals("c")) {
          assertThat(test.result()).isEqualTo("Sometimes");
        }
      }
    }
  }

  @Test
  void aStoreBufferIsTheWellKnownTest() {
    Site site = Shape.SB.site(1);
    Violation v = violation("lkmm", 2, k -> new HandingDesign(k, Shape.SB), Set.of(site));
    Map<String, Exported.Test> tests = tests("lkmm", v, site, List.of("c", "x86"));
    assertThat(code(file(tests, "two-idle+H1.litmus")))
        .isEqualTo(
            """
            {}

            P0(int *data, int *flag)
            {
            	int r0;

            	WRITE_ONCE(*data, 1);
            	smp_mb();
            	r0 = READ_ONCE(*flag);
            }

            P1(int *flag, int *data)
            {
            	int r0;

            	WRITE_ONCE(*flag, 1);
            	smp_mb();
            	r0 = READ_ONCE(*data);
            }

            exists (0:r0=0 /\\ 1:r0=0)
            """);
    assertThat(file(tests, "two-idle+no-H1.x86.litmus").result()).isEqualTo("Sometimes");
    assertThat(file(tests, "two-idle+H1.x86.litmus").text()).contains("mfence");
  }

  /** R14, CVE-2025-40174: what was missing is a full barrier, and two lines on each side. */
  @ParameterizedTest
  @ValueSource(strings = {"tso", "lkmm"})
  void aBarrierThatLinuxLackedIsATest(String model) throws IOException {
    CheckResult result =
        new Checker(Checker.Options.defaults().withModel(Model.named(model)))
            .explaining(List.of())
            .check(
                ScenarioLibrary.builtIn().find("tlb-switch-back"),
                memory ->
                    new Kernel(memory, k -> new UnorderedSwitch(k, k.memory()), Refcount::new));
    assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
    Violation v = ((Verdict.Violated) result.verdict()).violations().getFirst();
    Map<String, Exported.Test> tests = tests(model, v, null, List.of("c", "x86"));
    Exported.Test fixed = file(tests, "two-idle+I7+barrier.litmus");
    assertThat(code(fixed))
        .contains(
            """
            P1(int *loaded_mm, atomic_t *tlb_gen)
            {
            	int r0;

            	WRITE_ONCE(*loaded_mm, 1);
            	smp_mb();
            	r0 = atomic_read(tlb_gen);
            }
            """);
    for (String end : List.of(".litmus", ".x86.litmus")) {
      assertThat(observed(file(tests, "two-idle+I7" + end))).isEqualTo("Sometimes");
      assertThat(observed(file(tests, "two-idle+I7+barrier" + end))).isEqualTo("Never");
    }
  }

  /** A site is not said to be what helps where it is another barrier that does. */
  @Test
  void anotherBarrierIsNotTakenForTheSite() {
    Violation v =
        violation("lkmm", 2, k -> new HandingDesign(k, Shape.SB), Set.of(Shape.SB.site(0)));
    Exported exported =
        Exporter.of(
            new About("two-idle", List.of(), "handing", "x", "lkmm", "B1", "removed", "export"),
            v,
            List.of("c"));
    assertThat(exported).isInstanceOf(Exported.Refused.class);
  }

  /** What is exported of hardware is what that hardware shows, whatever the kernel's model says. */
  @ParameterizedTest
  @ValueSource(strings = {"tso x86", "armv8 aarch64", "power ppc", "riscv riscv"})
  void hardwareIsJudgedAsHardware(String modelAndLanguage) throws IOException {
    String model = modelAndLanguage.split(" ", 2)[0];
    String language = modelAndLanguage.split(" ", 2)[1];
    Site site = Shape.SB.site(0);
    Violation v = violation(model, 2, k -> new HandingDesign(k, Shape.SB), Set.of(site));
    Map<String, Exported.Test> tests = tests(model, v, site, List.of(language));
    String end = "." + language + ".litmus";
    assertThat(observed(file(tests, "two-idle+no-H0" + end))).isEqualTo("Sometimes");
    assertThat(observed(file(tests, "two-idle+H0" + end))).isEqualTo("Never");
  }

  /** The barriers of kernel.md 2.9, each in a scenario in which it is needed. */
  @ParameterizedTest
  @CsvSource({
    "B1, membarrier-c1-out, refcount, powerpc-hash, lkmm",
    "B1, membarrier-c2-out, refcount, powerpc-hash, lkmm",
    "B1, membarrier-f-b, refcount, powerpc-hash, lkmm",
    "B2-switch-to, membarrier-c2-in, shootdown, arm64, armv8",
    "B2a, membarrier-c1-in, refcount, powerpc-hash, lkmm",
    "B2a, membarrier-f-in, refcount, powerpc-hash, lkmm",
    "B3, tlb-switch-back, refcount, x86-lazy, tso",
    "B4, mprotect-return, refcount, x86-lazy, lkmm",
    "B5, membarrier-d, refcount, powerpc-hash, power",
    "B6, membarrier-x, refcount, powerpc-hash, lkmm",
    "B7, membarrier-e-use, shootdown, arm64, armv8",
    "B8, membarrier-e-unuse, refcount, powerpc-hash, power",
    "P1, membarrier-c1-in, refcount, powerpc-hash, lkmm",
    "P2, membarrier-c1-out, refcount, powerpc-hash, lkmm",
    "G1, membarrier-f-in, refcount, powerpc-hash, lkmm",
    "G2, membarrier-f-b, refcount, powerpc-hash, lkmm",
    "B2, membarrier-c2-in, refcount, powerpc-hash, lkmm",
    "mask-mb, membarrier-c2-first, refcount, powerpc-hash, lkmm"
  })
  void eachNeededBarrierIsATestAndItsOpposite(
      String site, String scenario, String design, String arch, String model) throws IOException {
    CheckResult result =
        new Checker(
                Checker.Options.defaults()
                    .withModel(Model.named(model))
                    .withWeakened(Weakenings.of(site, Weakening.REMOVED)))
            .explaining(List.of())
            .check(
                ScenarioLibrary.builtIn().find(scenario),
                KernelFactory.of(
                    Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow()));
    assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
    Violation v = ((Verdict.Violated) result.verdict()).violations().getFirst();
    List<String> languages =
        List.of("c", Map.of("armv8", "aarch64", "tso", "x86").getOrDefault(model, "ppc"));
    Map<String, Exported.Test> tests = tests(model, v, new Site(site, ""), languages);
    assertThat(tests).hasSize(4);
    for (Exported.Test test : tests.values()) {
      assertThat(test.result()).isEqualTo(test.barrier() ? "Never" : "Sometimes");
      assertThat(observed(test)).as(test.text()).isEqualTo(test.result());
      boolean stays = site.equals("B4"); // an atomic operation, relaxed where it is no barrier
      assertThat(test.text().contains("// " + site + ": "))
          .isEqualTo(test.language().equals("c") && (test.barrier() || stays));
    }
  }

  /** A dependency that the code names is one in C. */
  @ParameterizedTest
  @EnumSource(Dependency.class)
  void dependenciesAreReal(Dependency kind) throws IOException {
    Site fence = new Site("NOTE", "the fence of CPU 0");
    Violation v = violation("lkmm", 2, k -> RelyingDesign.of(kind, k, true), Set.of(fence));
    Map<String, Exported.Test> tests = tests("lkmm", v, fence, List.of("c"));
    Exported.Test with = file(tests, "two-idle+NOTE.litmus");
    assertThat(code(with))
        .contains(
            switch (kind) {
              case CONTROL -> "if (r0 == 1) {";
              case ADDRESS -> "READ_ONCE(*r0);";
              case DATA -> "WRITE_ONCE(*data, r0";
            });
    assertThat(observed(with)).isEqualTo("Never");
    assertThat(observed(file(tests, "two-idle+no-NOTE.litmus"))).isEqualTo("Sometimes");
  }

  /** {@return a test without its comments} */
  private static String code(Exported.Test test) {
    return test.text().replaceAll("(?m)^[ \\t]*//.*\n", "").replaceFirst("(?s)^.*?\\*\\)\n\n", "");
  }
}
