package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.UnserializedMembarrier;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.history.RemoteMmState;
import dev.lazymm.kernel.history.SyncCoreByIpi;
import dev.lazymm.kernel.history.SyncCoreNotInIrq;
import dev.lazymm.kernel.history.SyncCoreOfOthers;
import dev.lazymm.kernel.history.UnorderedExitMm;
import dev.lazymm.kernel.history.UnorderedUseMm;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I9: what membarrier(2) promises, and which barriers it takes. */
class MembarrierTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();
  private static final Membarriers.Entry CONDITIONAL =
      Membarriers.find("conditional").orElseThrow();

  private static final Map<String, Site> SITES =
      Arrays.stream(Sites.class.getFields())
          .map(MembarrierTest::site)
          .collect(Collectors.toMap(Site::name, s -> s));

  private static Site site(java.lang.reflect.Field field) {
    try {
      return (Site) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Scenario scenario(String name) {
    return LIBRARY.find("membarrier-" + name);
  }

  private static Designs.Entry design(String name) {
    return Designs.find(name).orElseThrow();
  }

  private static KernelFactory kernel(Designs.Entry design, String arch) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), design);
  }

  private static List<String> broken(
      Scenario scenario, KernelFactory factory, String model, Set<Site> weakened) {
    Checker.Options how =
        Checker.Options.defaults()
            .withModel(Model.named(model))
            .withWeakened(Weakenings.removing(weakened))
            .withAfterViolation(0);
    CheckResult result = new Checker(how).check(scenario, factory);
    return switch (result.verdict()) {
      case Verdict.Holds _ -> List.of();
      case Verdict.Violated v -> v.violations().stream().map(Violation::invariant).toList();
      case Verdict.Inconclusive i -> List.of(i.why());
    };
  }

  static Stream<Scenario> all() {
    return LIBRARY.startingWith("membarrier-").stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void holdsAsMergedAndWithTheConditionalBarrier(Scenario scenario) {
    for (Designs.Entry design :
        List.of(design("refcount"), design("shootdown").with(CONDITIONAL))) {
      assertThat(broken(scenario, kernel(design, "powerpc-hash"), "power", Set.of())).isEmpty();
      assertThat(broken(scenario, kernel(design, "x86-eager"), "tso", Set.of())).isEmpty();
    }
  }

  /** Each barrier alone, in the scenario that it is there for (kernel.md 2.9), under power. */
  @ParameterizedTest
  @CsvSource({
    "B1, c1-out",
    "B1, c2-out",
    "B1, f-b",
    "B2, c2-in",
    "B2a, c1-in",
    "B2a, c3-in",
    "B2a, f-in",
    "mask-mb, c2-first",
    "B5, d",
    "B6, x",
    "B6, x-private",
    "B7, e-same",
    "B8, e-unuse",
    "P1, c1-in",
    "P2, c1-out",
    "G1, f-in",
    "G2, f-b",
    "membarrier-ipi, a",
    "membarrier-ipi, b",
    "membarrier-ipi, f-a",
    "membarrier-global, global",
    "sync-rq-rcu, register",
    "sync-rq-ipi, register",
  })
  void isNeeded(String site, String scenario) {
    Set<Site> weakened = Set.of(SITES.get(site));
    for (String design : List.of("refcount", "shootdown")) {
      KernelFactory factory = kernel(design(design), "powerpc-hash");
      assertThat(broken(scenario(scenario), factory, "power", weakened)).isNotEmpty();
    }
  }

  /** On x86 other instructions are barriers too: two have to go before something breaks. */
  @Test
  void x86HasTwo() {
    KernelFactory factory = kernel(design("shootdown"), "x86-eager");
    Set<Site> both = Set.of(SITES.get("B2a"), SITES.get("lazy-mb"));
    for (Site site : both) {
      assertThat(broken(scenario("c1-in"), factory, "tso", Set.of(site))).isEmpty();
    }
    assertThat(broken(scenario("c1-in"), factory, "tso", both)).contains("never");
  }

  /** What takes the mutex is a locked instruction, whatever it is worth to the source. */
  @ParameterizedTest
  @CsvSource({"P1, c1-in", "G1, f-in"})
  void onX86TheMutexStandsInForABarrier(String barrier, String scenario) {
    Set<Site> removed = Set.of(SITES.get(barrier));
    KernelFactory merged = kernel(design("shootdown"), "x86-eager");
    assertThat(broken(scenario(scenario), merged, "tso", removed)).isEmpty();
    KernelFactory before =
        memory ->
            new Kernel(
                memory, Arches.find("x86-eager").orElseThrow().make(), design("shootdown").make()) {
              @Override
              protected MembarrierDesign makeMembarrier() {
                return new UnserializedMembarrier(this);
              }
            };
    assertThat(broken(scenario(scenario), before, "tso", Set.of())).isEmpty();
    assertThat(broken(scenario(scenario), before, "tso", removed)).contains("never");
  }

  @ParameterizedTest
  @CsvSource({"rseq-preempt-ipi, rseq", "rseq-preempt-ipi, rseq-cpu"})
  void aRestartableSequenceBeginsAgain(String site, String scenario) {
    KernelFactory factory = kernel(design("refcount"), "x86-eager");
    assertThat(broken(scenario(scenario), factory, "sc", Set.of(SITES.get(site)))).contains("I9");
  }

  /** x86 alone serializes by hand: on powerpc the way to user mode does. */
  @ParameterizedTest
  @CsvSource({
    "sync-core-ipi, sync-core",
    "sync-core-ipi, sync-core-caller",
    "sync-core-switch, sync-core-lazy"
  })
  void theCoreSerializes(String site, String scenario) {
    Set<Site> weakened = Set.of(SITES.get(site));
    KernelFactory x86 = kernel(design("refcount"), "x86-eager");
    KernelFactory powerpc = kernel(design("refcount"), "powerpc-hash");
    assertThat(broken(scenario(scenario), x86, "sc", weakened)).contains("I9");
    assertThat(broken(scenario(scenario), powerpc, "sc", weakened)).isEmpty();
  }

  @Test
  void x86SerializesItselfInTheSeries() {
    KernelFactory x86 = kernel(design("refcount").with(CONDITIONAL), "x86-eager");
    Set<Site> weakened = Set.of(Sites.SYNC_CORE_UNLAZY);
    assertThat(broken(scenario("sync-core-lazy"), x86, "sc", Set.of())).isEmpty();
    assertThat(broken(scenario("sync-core-lazy"), x86, "sc", weakened)).contains("I9");
  }

  /** E01, E03, E05: what the lazy drop's barrier is there for is done by another one. */
  @Test
  void theConditionalBarrierReplacesThatOfTheDrop() {
    Designs.Entry series = design("shootdown").with(CONDITIONAL);
    for (String name : List.of("c1-in", "c2-in", "c3-in", "e-same", "f-in")) {
      KernelFactory factory = kernel(series, "powerpc-hash");
      assertThat(broken(scenario(name), factory, "power", Set.of(Sites.B2A_DROP, Sites.B7)))
          .isEmpty();
      assertThat(broken(scenario(name), factory, "power", Set.of(Sites.B2_FINISH))).isNotEmpty();
    }
  }

  /** E15: kthread_use_mm needs no barrier before it stores tsk->mm. */
  @ParameterizedTest
  @ValueSource(strings = {"sc", "tso", "armv8", "power", "lkmm"})
  void e15(String model) {
    for (String arch : List.of("powerpc-hash", "x86-eager")) {
      KernelFactory factory = kernel(design("refcount"), arch);
      assertThat(broken(scenario("e15"), factory, model, Set.of())).isEmpty();
    }
  }

  // ---- what lazymm finds -----------------------------------------------------------------------

  private static Scenario found(String name) throws IOException {
    Path file = Path.of("examples/scenarios/membarrier-found.scenarios");
    return ScenarioParser.parse(file.toString(), Files.readString(file)).stream()
        .filter(s -> s.name().equals("membarrier-" + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRegistrationMissesCpusThatBorrowTheMm() throws IOException {
    KernelFactory factory = kernel(design("refcount"), "x86-eager");
    assertThat(broken(found("register-lazy"), factory, "sc", Set.of())).containsExactly("I9");
    assertThat(broken(found("register-lazy"), factory, "tso", Set.of())).contains("I9");
  }

  @Test
  void aCallerThatIsAloneHasNoBarrier() throws IOException {
    KernelFactory x86 = kernel(design("refcount"), "x86-eager");
    KernelFactory powerpc = kernel(design("refcount"), "powerpc-hash");
    assertThat(broken(found("alone-use"), x86, "tso", Set.of())).containsExactly("never");
    assertThat(broken(found("alone-use"), powerpc, "power", Set.of())).containsExactly("never");
    assertThat(broken(found("alone-exit"), x86, "tso", Set.of())).isEmpty();
    assertThat(broken(found("alone-exit"), powerpc, "power", Set.of())).containsExactly("never");
  }

  /** LKMM takes plain stores to tsk->mm for no more than they are; the series has WRITE_ONCE. */
  @ParameterizedTest
  @ValueSource(strings = {"d", "e-use", "e-unuse", "x-private"})
  void plainStoresOfMmAreNotEnoughForLkmm(String name) {
    Designs.Entry refcount = design("refcount");
    assertThat(broken(scenario(name), kernel(refcount, "powerpc-hash"), "lkmm", Set.of()))
        .containsExactly("never");
    KernelFactory series = kernel(refcount.with(CONDITIONAL), "powerpc-hash");
    assertThat(broken(scenario(name), series, "lkmm", Set.of())).isEmpty();
  }

  // ---- history ---------------------------------------------------------------------------------

  private static KernelFactory with(
      Function<Kernel, Arch> arch, Function<Kernel, MembarrierDesign> membarrier) {
    return memory ->
        new Kernel(memory, arch, Refcount::new) {
          @Override
          protected MembarrierDesign makeMembarrier() {
            return membarrier.apply(this);
          }
        };
  }

  private static Arch x86(Kernel kernel) {
    return new X86Eager(kernel, kernel.memory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync-core", "sync-core-caller"})
  void r24IsFoundAndGoneWithItsFixes(String name) {
    Scenario scenario = scenario(name);
    KernelFactory fixed = with(MembarrierTest::x86, Membarrier::new);
    KernelFactory byIpi = with(MembarrierTest::x86, SyncCoreByIpi::new);
    KernelFactory notInIrq = with(k -> new SyncCoreNotInIrq(k, k.memory()), Membarrier::new);
    assertThat(broken(scenario, byIpi, "sc", Set.of())).contains("I9");
    assertThat(broken(scenario, notInIrq, "sc", Set.of())).contains("I9");
    assertThat(broken(scenario, fixed, "sc", Set.of())).isEmpty();
  }

  @Test
  void r24OfTheCallersCpuIsFoundAndGoneWithItsFix() {
    Scenario scenario = scenario("sync-core-caller");
    assertThat(broken(scenario, with(MembarrierTest::x86, SyncCoreOfOthers::new), "sc", Set.of()))
        .contains("I9");
    assertThat(broken(scenario, with(MembarrierTest::x86, Membarrier::new), "sc", Set.of()))
        .isEmpty();
  }

  @Test
  void r11IsFoundAndGoneWithItsFix() {
    Scenario scenario =
        ScenarioParser.parse(
                "test",
                """
                scenario r11: a process exits under a global command
                start: A register-global-expedited
                cpu 0: (C1) membarrier global-expedited
                cpu 1: (A1) exit; run B1
                """)
            .getFirst();
    assertThat(broken(scenario, with(MembarrierTest::x86, RemoteMmState::new), "sc", Set.of()))
        .contains("UAF");
    assertThat(broken(scenario, with(MembarrierTest::x86, Membarrier::new), "sc", Set.of()))
        .isEmpty();
  }

  @Test
  void r10IsFoundAndGoneWithItsFix() {
    KernelFactory exit =
        memory ->
            new Kernel(memory, Arches.find("powerpc-hash").orElseThrow().make(), Refcount::new) {
              @Override
              protected ExitMm makeExitMm() {
                return new UnorderedExitMm(this);
              }
            };
    KernelFactory use =
        memory ->
            new Kernel(memory, Arches.find("powerpc-hash").orElseThrow().make(), Refcount::new) {
              @Override
              protected KthreadUseMm makeKthreadUseMm() {
                return new UnorderedUseMm(this);
              }
            };
    assertThat(broken(scenario("d"), exit, "power", Set.of())).contains("never");
    assertThat(broken(scenario("e-same"), use, "power", Set.of())).contains("never");
    assertThat(broken(scenario("e-unuse"), use, "power", Set.of())).contains("never");
  }
}
