package dev.lazymm.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before it runs. The line at fault is the one that says so in a comment. */
class InspectionTest {
  @TempDir Path folder;

  private static String refused(Draft draft) {
    return Draft.refused(draft::load);
  }

  @Test
  void aFieldIsToldWhereItIsDeclaredAndWhereItIsWritten() {
    Draft draft =
        Draft.grabbing(folder, "  private int borrows; // X\n", "    borrows++; // WRITE\n");
    String line = draft.at("// WRITE").replaceAll(".*:(\\d+): ", "$1");
    assertThat(refused(draft))
        .startsWith(draft.at("// X") + "the field borrows is state that no machine sees")
        .contains("it is written at line " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static int n;",
        "int n;",
        "private final int[] n = {0};",
        "private final List<Mm> n = new ArrayList<>();",
        "static final Map<Mm, Integer> N = new TreeMap<>();",
        "private final Object n = null;",
        "private final java.util.concurrent.atomic.AtomicInteger n = null;",
        "private final java.util.function.IntSupplier n = () -> 1;",
        "private final Cpu n = null;",
        "static class Box { int n; }",
        "record Pair(int[] n) {}",
        "enum Mode { A; int n; }",
        "private final Ipi n; { int[] k = {0}; n = new Ipi(\"i\", (c, o) -> k[0]++); }",
        "interface F {} static F f() { int[] k = {0}; return (F) (Runnable & F) () -> k[0]++; }",
        "interface F { int f(); } static F f() { int[] k = {0}; return () -> k[0]++; }",
        "static class Bag extends ArrayList<Mm> {}"
      })
  void stateOutsideCells(String member) {
    Draft draft = Draft.with(folder, "  " + member + " // X\n");
    assertThat(refused(draft)).contains(draft.at("// X"), "state");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          long t = System.nanoTime();             | reads a clock
          long t = System.currentTimeMillis();    | reads a clock
          Object t = M.A.hashCode();              | identity hash
          Object t = cpu.toString();              | identity hash
          Object t = new Own().getStackTrace();   | no part of a kernel
          new Own().addSuppressed(null);          | no part of a kernel
          new Own().printStackTrace();            | no part of a kernel
          Object t = memory.objectCount();        | counts what was made
          Arrays.parallelSetAll(new int[9], i -> i); | threads
          Object t = Collectors.toMap(a -> a, a -> a); | order of hashes
          Stream.generate(Object::new).count();   | may never end
          LongStream.range(0, 9).sum();           | may never end
          Object t = "a".matches("(a*)*b");       | may never end
          Object t = java.time.Instant.now();     | reads a clock
          double t = Math.random();               | random number
          int t = new Random(1).nextInt();        | random number
          int t = System.identityHashCode(mm);    | identity hash
          int t = mm.hashCode();                  | identity hash
          Object t = new HashMap<Mm, Mm>();       | order of hashes
          Object t = Set.of(mm, cpu);             | order of hashes
          System.exit(3);                         | reaches outside
          System.out.println();                   | reaches outside
          Runtime.getRuntime().halt(3);           | reaches outside
          new Thread(() -> {}).start();           | threads
          Thread.yield();                         | threads
          synchronized (mm) { cpu.id(); }         | threads
          Object t = new java.io.File("x");       | reaches outside
          Object t = System.getenv("HOME");       | reaches outside
          Class.forName("x");                     | not among
          Runnable r = System::gc;                | reaches outside
          Object t = new Memory(null, 1);         | makes a computer
          """)
  void callsThatAreNotTheSameTwice(String statement, String why) {
    Draft draft =
        Draft.with(
            folder,
            """
              enum M { A }
              static final class Own extends RuntimeException {}
              final Memory memory = null;
              @Override
              public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                try {
                  %s // X
                } catch (ArithmeticException | ReflectiveOperationException e) {
                }
              }
            """
                .formatted(statement)
                .replace(
                    " | ReflectiveOperationException",
                    statement.contains("forName") ? " | ReflectiveOperationException" : ""));
    assertThat(refused(draft)).contains(draft.at("// X"), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Throwable",
        "Exception",
        "RuntimeException",
        "StackOverflowError",
        "LinkageError",
        "Refusal",
        "ExceptionInInitializerError"
      })
  void handlersThatCatchTheMachine(String type) {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  cpu.readOnce(mm.mmUsers);
                } catch (%s e) { // X
                }
            """
                .formatted(type));
    assertThat(refused(draft)).contains(draft.at("// X"), "kernel code has no exceptions");
  }

  @Test
  void finallyIsRefused() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  cpu.readOnce(mm.mmUsers);
                } finally {
                  cpu.readOnce(mm.mmCount); // X
                }
            """);
    assertThat(refused(draft)).contains(draft.at("// X"), "finally also runs");
  }

  @Test
  void allThatIsWrongIsToldAtOnceByLine() {
    Draft draft =
        Draft.grabbing(
            folder,
            "  int a; // A\n  static long b; // B\n",
            "    a = (int) System.nanoTime(); // C\n");
    assertThat(refused(draft))
        .containsSubsequence(draft.at("// A"), draft.at("// B"), draft.at("// C"));
  }

  @Test
  void whatKernelCodeNeedsIsNotRefused() {
    Draft draft =
        Draft.grabbing(
            folder,
            """
              static final Site S = new Site("s", "a site of its own");
              static final Hold H = new Hold("h");
              private final Kernel k = null;
              private final Slab<Slot> slab = null;
              private final Ipi ipi = new Ipi("i", this::hit);
              private final Mode mode = Mode.A;
              private void hit(Cpu cpu, KObject info) {}
              enum Mode { A, B }
              record Pair(int a, Mode b) {}
              static final class Slot extends KObject {
                final Cell n;
                Slot(Memory memory, int cpu) { super(memory, "slot" + cpu); n = memory.cell(this, "n", 0); }
                @Override public String type() { return "slot"; }
              }
            """,
            """
                long[] mask = new long[mm.cpumask.words()];
                Object o = new Pair(1, mode);
                String own = "of " + new Pair(1, mode) + mode + mm + S + mm.mmUsers;
                if (o instanceof Pair(int a, Mode b) && a > 1) { return; }
                switch (mode) { case A -> cpu.smpMb(S); case B -> {} }
                assert mask.length > 0 : "x";
                String s = "a" + cpu.id() + List.of(1, 2).stream().map(x -> x + 1).toList();
                int[] sum = {0};
                List.of(1, 2).forEach(x -> sum[0] += x);
                try { Objects.requireNonNull(o); } catch (NullPointerException e) { return; }
            """);
    assertThatCode(draft::load).doesNotThrowAnyException();
  }
}
