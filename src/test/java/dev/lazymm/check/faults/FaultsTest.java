package dev.lazymm.check.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.machine.Cpu;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every fault put into the kernel is found, and the kernel without it holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1) // long, so it begins first
class FaultsTest {
  private static final String FENCE = "```text\n";
  private static final String FENCE_END = "```\n";
  private static final Path DOCS = Path.of("docs/faults.md");
  private static final Path OUTPUT = Path.of("target/faults.txt");

  /** Methods that do nothing of their own: names for a load, and a hook that replay counts with. */
  private static final Set<String> NOT_CODE =
      Set.of("Kernel.rq", "Kernel.current", "Kernel.activeMm", "Kernel.shotLazyTlb");

  /** What keeps a mask right that nobody is hurt by: no invariant says it, the scenario does. */
  private static final Set<String> NO_HARM =
      Set.of("copy_process (list)", "clear_tasks_mm_cpumask", "__cpu_disable");

  private final ConcurrentMap<String, CheckResult> plain = new ConcurrentHashMap<>();
  private final List<Outcome> outcomes = Faults.ALL.parallelStream().map(this::check).toList();
  private final FaultTable table = new FaultTable(outcomes);

  private Outcome check(Fault fault) {
    return Outcome.of(fault, plain.computeIfAbsent(fault.place(), _ -> fault.checkPlain()));
  }

  @TestFactory
  Stream<DynamicTest> theKernelWithoutTheFaultHolds() {
    return outcomes.stream()
        .map(o -> dynamicTest(o.fault().toString(), () -> assertHolds(o.plain())));
  }

  @TestFactory
  Stream<DynamicTest> theFaultIsFound() {
    return outcomes.stream()
        .map(o ->
            dynamicTest(
                o.fault().toString(),
                () -> {
                  assertThat(o.found()).containsAll(o.fault().expected());
                  assertThat(o.fault().expected()).isNotEmpty();
                  assertThat(o.broken().bound().complete()).isTrue();
                }));
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfTheSearchDoesNotMatter() {
    return outcomes.stream()
        .map(o ->
            dynamicTest(
                o.fault().toString(),
                () -> assertThat(Outcome.found(o.backwards())).isEqualTo(o.found())));
  }

  @TestFactory
  Stream<DynamicTest> whatNothingFindsIsSaidToBeUnseen() {
    return UnseenFaults.ALL.stream()
        .map(u ->
            dynamicTest(
                u.fault().toString(),
                () -> {
                  assertHolds(u.fault().checkPlain());
                  assertHolds(u.fault().checkBroken());
                }));
  }

  private static void assertHolds(CheckResult result) {
    assertThat(result.verdict()).isEqualTo(new Verdict.Holds());
  }

  @Test
  void noRowAndNoColumnIsEmpty() {
    System.out.println(table.matrix());
    assertThat(table.methods())
        .filteredOn(m -> FaultTable.invariants().stream().noneMatch(i -> table.count(m, i) > 0))
        .allMatch(FaultsTest::isSaidByScenariosAlone);
    assertThat(FaultTable.invariants())
        .allMatch(i -> table.methods().stream().anyMatch(m -> table.count(m, i) > 0));
    assertThat(FaultTable.invariants())
        .as("each is what some fault is there for")
        .allMatch(i -> Faults.ALL.stream().anyMatch(f -> f.expected().contains(i)));
  }

  /** membarrier(2) promises what only its callers can tell; scenarios are their conditions. */
  private static boolean isSaidByScenariosAlone(KernelMethod method) {
    return NO_HARM.contains(method.kernelName())
        || Faults.ALL.stream()
            .filter(f -> f.method().equals(method))
            .allMatch(f -> f.scenario().startsWith("membarrier-"));
  }

  @Test
  void noMethodOfTheKernelIsMissing() {
    assertThat(kernelMethods().map(FaultsTest::name).filter(n -> !NOT_CODE.contains(n)))
        .isNotEmpty()
        .isSubsetOf(rows());
  }

  @Test
  void everyRowIsAMethod() {
    assertThat(rows())
        .isSubsetOf(
            kernelClasses()
                .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
                .map(FaultsTest::name)
                .toList());
  }

  @Test
  void transferringTheBorrowIsRightWhereBorrowsAreCounted() {
    assertHolds(KthreadUseMmFaults.R08.on("refcount", "powerpc-hash").checkBroken());
    assertHolds(KthreadUseMmFaults.R08.on("refcount", "x86-eager").checkBroken());
  }

  @Test
  void theDocumentShowsTheTable() throws IOException {
    String output = "%s%n%s%n%s".formatted(table.matrix(), table.list(), FaultTable.unseen());
    Files.createDirectories(OUTPUT.toAbsolutePath().getParent());
    Files.writeString(OUTPUT, output);
    if (Boolean.getBoolean("golden.update")) {
      update(table.matrix(), table.list(), FaultTable.unseen());
    }
    assertThat(Files.readString(DOCS))
        .as("what %s should quote is in %s", DOCS, OUTPUT)
        .contains(fenced(table.matrix()), fenced(table.list()), fenced(FaultTable.unseen()));
  }

  /** Writes the tables into the document, in the order in which it has them. */
  private static void update(String... tables) throws IOException {
    StringBuilder document = new StringBuilder(Files.readString(DOCS));
    int at = 0;
    for (String text : tables) {
      int begin = document.indexOf(FENCE, at);
      int end = document.indexOf(FENCE_END, begin) + FENCE_END.length();
      document.replace(begin, end, fenced(text));
      at = begin + fenced(text).length();
    }
    Files.writeString(DOCS, document);
  }

  private static String fenced(String text) {
    return FENCE + text + FENCE_END;
  }

  private static List<String> rows() {
    return Faults.ALL.stream()
        .map(f -> f.method().owner().getSimpleName() + "." + f.method().javaName())
        .distinct()
        .toList();
  }

  /** What the kernel does to a computer: all that is given a CPU, and can be overridden. */
  private static Stream<Method> kernelMethods() {
    return kernelClasses()
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> !m.isSynthetic() && (m.getModifiers() & SKIPPED) == 0)
        .filter(m ->
            Arrays.stream(m.getParameterTypes()).anyMatch(p -> p == Cpu.class || p == Cpu[].class));
  }

  private static final int SKIPPED =
      Modifier.PRIVATE | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private static Stream<Class<?>> kernelClasses() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lazymm.kernel")
            .stream()
            .filter(c -> !c.getPackageName().endsWith(".history")) // faults themselves
            .map(JavaClass::reflect);
  }
}
