package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explorations in processes of their own, which are killed, or have little memory. */
@Tag("slow")
@Order(1) // long, so it begins first
class KilledTest {
  private static final int KILLS = 50;

  @TempDir private Path folder;

  /** The processes: explores a member of a family with two workers; prints the count at the end. */
  static final class Explores {
    private Explores() {}

    public static void main(String[] args) {
      Resume resume = args.length < 3 ? null : new Resume(Path.of(args[2]), Duration.ofMillis(100));
      System.out.println(
          Probe.run(args[0], Integer.parseInt(args[1]), Model.SC, Duration.ZERO, 2, resume)
              .executions());
    }
  }

  private Process start(List<String> jvm, Path out, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Explores.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  /**
   * lastzero 21 has 12,582,912 executions: more than fifty processes come to that live no longer
   * than a third of a second, every other one from when it has written its file.
   */
  @Test
  void countsAreTheSameAfterFiftyKills() throws IOException, InterruptedException {
    Path file = folder.resolve("kept");
    Path out = folder.resolve("out");
    Random random = new Random(1);
    long committed = 0;
    int kills = 0;
    while (true) {
      Process process = start(List.of(), out, "lastzero", "21", file.toString());
      boolean isOver = false;
      if (kills < KILLS) {
        if (kills % 2 == 1) {
          awaitCommit(file, process); // else it might be a slow machine on which none gets so far
        }
        isOver = process.waitFor(100 + random.nextInt(250), TimeUnit.MILLISECONDS);
        process.destroyForcibly(); // SIGKILL
      }
      isOver |= kills >= KILLS;
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      if (isOver) {
        break;
      }
      kills++;
      long now = committed(file);
      assertThat(now).isGreaterThanOrEqualTo(committed);
      committed = now;
    }
    assertThat(kills).isEqualTo(KILLS);
    assertThat(committed).isPositive(); // else no process lived long enough for the next
    assertThat(Files.readString(out).strip()).isEqualTo("12582912");
  }

  /** Waits until a process has written what it has done. */
  private static void awaitCommit(Path file, Process process)
      throws IOException, InterruptedException {
    long before = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
    while (process.isAlive()
        && (!Files.exists(file) || Files.getLastModifiedTime(file).toMillis() == before)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private static long committed(Path file) throws IOException {
    return !Files.exists(file)
        ? 0
        : Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("part "))
            .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
            .sum();
  }

  @Test
  void littleMemoryIsEnough() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(List.of("-Xmx24m"), out, "indexer", "17");
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out).strip()).isEqualTo("262144");
  }
}
