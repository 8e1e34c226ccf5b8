package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProveCommandTest {
  private static Cli prove(String design, String... more) {
    List<String> args = new ArrayList<>(List.of("prove", "--arch", "powerpc-hash"));
    args.addAll(List.of("--design", design));
    args.addAll(List.of(more));
    if (!args.contains("--actions")) {
      args.addAll(List.of("--actions", "2"));
    }
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void refcountHolds() {
    Cli run = prove("refcount").exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out()).contains("refcount on powerpc-hash, model sc: holds", "0 violated");
  }

  @Test
  void theFirstViolationIsAShortestScenarioAndItsCommandShowsItAgain(@TempDir Path folder) {
    Path file = folder.resolve("c.txt");
    Cli run = prove("no-refcount", "--first", "--certificate", file.toString(), "--json");
    JsonNode first = run.exits(Exit.VIOLATED).json().at("/results/0/firsts/0");
    assertThat(first.at("/invariant").asString()).isNotEmpty();
    for (int n = 0; n < 2; n++) {
      Cli fewer = prove("no-refcount", "--first", "--actions", "" + n);
      int actions = first.at("/text").asString().split(";", -1).length;
      assertThat(fewer.code()).isEqualTo(n >= actions ? Exit.VIOLATED : fewer.code());
    }
    String[] command = first.at("/command").asString().split(" ", -1);
    Cli.run(java.util.Arrays.copyOfRange(command, 1, command.length)).exits(Exit.VIOLATED);
  }

  @Test
  void countsDoNotChangeWithJobsNorWithStops(@TempDir Path folder) throws IOException {
    String all = prove("no-refcount", "--json", "--jobs", "1").exits(Exit.VIOLATED).out();
    assertThat(prove("no-refcount", "--json", "--jobs", "3").out()).isEqualTo(all);
    Path file = folder.resolve("r.txt");
    prove("no-refcount", "--first", "--resume", file.toString()).exits(Exit.VIOLATED);
    assertThat(Files.readString(file)).contains("asked: ", "done: ", "  first ", "end\n");
    String resumed = prove("no-refcount", "--json", "--resume", file.toString()).out();
    assertThat(resumed).isEqualTo(all);
    assertThat(prove("no-refcount", "--json", "--resume", file.toString()).out()).isEqualTo(all);
  }

  @Test
  void noTimeIsInconclusiveAndGoesOn(@TempDir Path folder) {
    Path file = folder.resolve("r.txt");
    Cli run = prove("refcount", "--timeout", "0", "--resume", file.toString());
    assertThat(run.exits(Exit.INCONCLUSIVE).out()).contains("NOT ALL");
    prove("refcount", "--resume", file.toString()).exits(Exit.HOLDS);
  }

  @Test
  void anotherQuestionOrABrokenFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("r.txt");
    prove("refcount", "--resume", file.toString()).exits(Exit.HOLDS);
    String good = Files.readString(file);
    Cli other = prove("refcount", "--tasks", "2", "--resume", file.toString());
    assertThat(other.exits(Exit.USAGE).err())
        .contains("r.txt:3:1: this proof was asked something else", "tasks 2");
    assertThat(Files.readString(file)).isEqualTo(good);
    for (int at = 0; at < good.length() - 1; at += 7) {
      Files.writeString(file, good.substring(0, at));
      assertThat(prove("refcount", "--resume", file.toString()).exits(Exit.USAGE).err())
          .contains("r.txt:");
    }
  }

  @Test
  void badInputIsRefused() {
    assertThat(prove("refcount", "--vocabulary", "runn").exits(Exit.USAGE).err())
        .contains("did you mean \"run\"?");
    assertThat(prove("refcount", "--model", "tos").exits(Exit.USAGE).err()).contains("sc");
    assertThat(prove("refcount", "--cpus", "9").exits(Exit.USAGE).err()).contains("1 to 8");
  }
}
