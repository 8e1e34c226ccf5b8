package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Program;
import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exploration whose memory comes to its end says so, and can be gone on with. */
@Order(1) // long, so it begins first
class LittleMemoryTest {
  @TempDir private Path folder;

  // ---- an error at any moment ------------------------------------------------------------------

  /** Runs out of memory the n-th time that it is asked anything, whoever asks. */
  private static final class Fragile implements Tally {
    private final AtomicInteger left;

    Fragile(AtomicInteger left) {
      this.left = left;
    }

    private void allocate() {
      if (left.getAndDecrement() == 0) {
        throw new OutOfMemoryError("a test");
      }
    }

    @Override
    public Tally fresh() {
      allocate();
      return new Fragile(left);
    }

    @Override
    public void append(Tally later) {
      allocate();
    }

    @Override
    public long foundAt() {
      return -1;
    }

    @Override
    public List<String> save() {
      allocate();
      return List.of();
    }

    @Override
    public void load(List<String> lines) {}

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      allocate();
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }
  }

  private static Search lastzero(
      int workers, AtomicInteger left, @Nullable Path file, Duration every) {
    Program program = Families.program("lastzero", 8);
    Saver saver =
        file == null
            ? null
            : new Saver(new Resume(file, every), List.of("lastzero"), program.memory());
    Search.Bounds how =
        new Search.Bounds(
            workers, Long.MAX_VALUE, Search.NEVER, Long.MAX_VALUE, 0, 1 << 20, n -> {});
    Explorer.Options options = Explorer.Options.defaults(program.memory().cpus());
    int given = left.getAndSet(Integer.MAX_VALUE); // not while it is made
    Tally tally = new Fragile(left);
    Search search = new Search(program, Sc::new, options, how, tally, saver);
    if (saver != null) {
      saver.read(List.of(), tally).ifPresent(search::goOn);
    }
    left.set(given);
    return search;
  }

  /** Whatever the moment, nothing that is in the file is lost or done twice. */
  @ParameterizedTest
  @CsvSource({"1, 19, PT10S", "2, 7, PT10S", "3, 11, PT10S", "3, 71, PT0.003S"})
  void itIsGoneOnWith(int workers, int step, Duration every) {
    long expected = Families.expected("lastzero", 8).orElseThrow();
    int ended = 0;
    for (int at = 0; at < 500; at += step) {
      Path file = folder.resolve("at" + at);
      AtomicInteger left = new AtomicInteger(at);
      Search search = lastzero(workers, left, file, every);
      search.run();
      if (!search.isComplete()) {
        assertThat(search.why()).isEqualTo("the memory is full");
        ended++;
      }
      left.set(Integer.MAX_VALUE);
      Search again = lastzero(workers, left, file, every);
      assertThat(again.result().executions).isLessThanOrEqualTo(expected);
      again.run();
      assertThat(again.isComplete()).isTrue();
      assertThat(again.result().executions).as("at %d", at).isEqualTo(expected);
    }
    assertThat(ended).isGreaterThan(3);
  }

  @Test
  void withoutAFileWhatWasCountedIsSaid() {
    Search search = lastzero(1, new AtomicInteger(100), null, Duration.ZERO);
    search.run();
    assertThat(search.isComplete()).isFalse();
    assertThat(search.why()).isEqualTo(Search.NO_MEMORY);
    assertThat(search.result().executions).isBetween(0L, 100L);
  }

  // ---- what a model has said -------------------------------------------------------------------

  private static ModelKey key(int i) {
    char[] all = new char[50];
    all[i % 50] = (char) i;
    return new ModelKey(all, java.util.Arrays.hashCode(all));
  }

  @Test
  void answersTakeNoMoreThanTheirRoom() {
    Answers answers = new Answers(20_000);
    int known = 0;
    for (int i = 1; i < 5000; i++) {
      Boolean said = answers.get(key(7));
      assertThat(said).isIn(null, true);
      if (said == null) {
        answers.put(key(7), true);
      }
      answers.put(key(i), i % 2 == 1);
      known = Math.max(known, answers.size());
      assertThat(answers.get(key(i))).isEqualTo(i % 2 == 1);
      assertThat(answers.size() * 200L).isLessThanOrEqualTo(20_000);
    }
    assertThat(known).isGreaterThan(50);
    assertThat(answers.get(key(7))).isTrue(); // asked for all the time
    assertThat(answers.get(key(100))).isNull(); // long ago
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "lkmm"})
  void countsDoNotDependOnWhatIsKept(String name) {
    long expected = -1;
    for (long bytes : new long[] {Long.MAX_VALUE, 2000, 0}) {
      MemoryModel model = Model.named(name).instance("x86-eager");
      model.limit(bytes);
      Program program = Families.program("lastzero", 6);
      Explorer explorer =
          new Explorer(program, model, Explorer.Options.defaults(7), new Tally.Silent());
      explorer.run();
      expected = expected < 0 ? explorer.executions() : expected;
      assertThat(explorer.executions()).isPositive().isEqualTo(expected);
    }
  }

  /** It is time to look when so much was allocated, however few the graphs. */
  @Test
  void looksAreByWhatIsAllocated() {
    try (Headroom headroom = new Headroom()) {
      assertThat(headroom.isTimeToLook()).isFalse();
      List<byte[]> kept = new ArrayList<>();
      long some = Runtime.getRuntime().maxMemory() / 64;
      for (long n = 0; n <= some; n += 1 << 20) {
        kept.clear();
        kept.add(new byte[1 << 20]);
      }
      assertThat(kept).hasSize(1);
      assertThat(headroom.isTimeToLook()).isTrue();
      assertThat(headroom.isTimeToLook()).isFalse();
    }
  }

  // ---- whole processes -------------------------------------------------------------------------

  /** Threads whose every store may be late: each graph asks a weak model something new. */
  private static String scenario(int cpus, int actions) {
    StringBuilder text = new StringBuilder("scenario late: threads load and store\n");
    for (int t = 0; t < cpus; t++) {
      text.append("cpu ").append(t).append(": (A").append(t + 1).append(')');
      for (int i = 0; i < actions; i++) {
        String cell = String.valueOf("xyzuvw".charAt((i * i + t * (i + 1)) % 6));
        boolean store = (i * 7 + t * 3) % 5 < 3;
        text.append(i == 0 ? " " : "; ");
        text.append(store ? "store " + cell + " " + (i % 9 + 1) : "load " + cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String check(int megabytes, int actions, String... more)
      throws IOException, InterruptedException {
    Path file = folder.resolve("late.scenarios");
    Files.writeString(file, scenario(3, actions));
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + megabytes + "m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.lazymm.cli.Main"));
    command.addAll(List.of("check", "--brief", "--scenario", file.toString()));
    command.addAll(List.of("--design", "refcount", "--arch", "x86-lazy"));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(out);
    assertThat(process.exitValue()).as(text).isEqualTo(3);
    assertThat(text).doesNotContain("\tat ", "Exception", "OutOfMemoryError", "internal error");
    return text.replaceAll("\\s+", " ");
  }

  /** With answers of models bounded by their number alone, eight workers fill the heap here. */
  @Tag("slow")
  @Test
  void eightWorkersOfAWeakModelFitIn128Megabytes() throws IOException, InterruptedException {
    String seconds = Integer.toString(Effort.of(12, 25));
    assertThat(check(128, 20, "--model", "power", "--workers", "8", "--timeout", seconds))
        .contains("the time is over");
  }

  @Tag("slow")
  @Test
  void tooLittleMemoryIsSaid() throws IOException, InterruptedException {
    String[] how = {"--model", "lkmm", "--workers", "3", "--timeout", "60"};
    assertThat(check(10, 60, how))
        .contains("the memory is full: LAZYMM_JAVA_OPTS=-XmxSIZE gives more; with --resume FILE");
    Path file = folder.resolve("kept");
    String[] kept = {"--resume", file.toString(), "--model", "lkmm", "--timeout", "5"};
    assertThat(check(10, 60, kept)).contains("the same command goes on");
    assertThat(Files.readString(file)).startsWith("lazymm exploration 1\n");
    assertThat(check(256, 60, kept)).contains("the time is over");
  }
}
