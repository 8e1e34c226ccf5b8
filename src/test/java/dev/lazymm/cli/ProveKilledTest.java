package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs in processes of their own, which are killed. */
@Tag("slow")
@Order(1) // long, so it begins first
class ProveKilledTest {
  private static final int KILLS = Effort.of(6, 50);
  private static final int KILLED = 128 + 9;
  private static final Pattern DONE = Pattern.compile("(?m)^done: (\\d+) ");

  @TempDir private Path folder;

  private Process start(Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("dev.lazymm.cli.Main", "prove", "--json", "--arch", "powerpc-hash"));
    command.addAll(List.of("--design", "no-refcount,refcount", "--actions", "4", "--jobs", "2"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("stderr").toFile())
        .redirectOutput(out.toFile())
        .start();
  }

  /** The document has the counts and a hash over what each scenario came to. */
  @Test
  void whatComesOutIsTheSameAfterKills() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    assertThat(end(start(whole))).isEqualTo(Exit.VIOLATED);
    Path out = folder.resolve("out");
    Path file = folder.resolve("kept");
    Random random = new Random(1);
    int kills = 0;
    while (kills < KILLS) {
      long before = done(file);
      Process process = start(out, "--resume", file.toString());
      while (process.isAlive() && done(file) == before) {
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(700));
      process.destroyForcibly(); // SIGKILL
      if (end(process) == KILLED) {
        kills++;
        assertThat(done(file)).isGreaterThanOrEqualTo(before);
      } else { // it was faster
        assertThat(Files.readString(out)).isEqualTo(Files.readString(whole));
        Files.delete(file);
      }
    }
    assertThat(end(start(out, "--resume", file.toString()))).isEqualTo(Exit.VIOLATED);
    assertThat(Files.readString(out)).isEqualTo(Files.readString(whole));
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static long done(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    Matcher m = DONE.matcher(Files.readString(file));
    assertThat(m.find()).isTrue();
    return Long.parseLong(m.group(1));
  }
}
