package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code review} writes its page, and what happens where it cannot. */
class ReviewPageTest {
  @TempDir Path folder;

  private static Cli review(String... more) {
    return Cli.run(
        Stream.concat(Stream.of("review", "--design", "no-refcount", "--arch", "powerpc-hash"), Stream.of(more))
            .toArray(String[]::new));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void thePageIsWrittenAndHoldsTheCommand() throws IOException {
    Path file = folder.resolve("it's.html");
    Files.writeString(file, "old");
    Cli run = review("--html", file.toString()).exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.err()).isEqualTo("lazymm: the report with pictures is in " + file + "\n");
    assertThat(run.out()).contains("Is it safe?");
    String page = Files.readString(file);
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("./lazymm review --design no-refcount --arch powerpc-hash --html ");
    assertThat(files()).isEqualTo(1);
    review("--html", file.toString());
    assertThat(Files.readString(file)).isEqualTo(page);
  }

  @Test
  void aPageThatCannotBeWrittenLosesNoText() throws IOException {
    Path nowhere = folder.resolve("no/such/report.html");
    Cli run = review("--html", nowhere.toString()).exits(Exit.USAGE).fitsIntoAMail();
    assertThat(run.out()).isEqualTo(review("--no-html").out());
    assertThat(run.err())
        .isEqualTo("lazymm: " + nowhere + ": cannot be written: there is no such directory\n");
    Cli directory = review("--html", folder.toString()).exits(Exit.USAGE);
    assertThat(directory.err()).contains("it is a directory");
    assertThat(files()).isZero();
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path real = folder.resolve("real.html");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.html"), real);
    review("--html", link.toString()).exits(Exit.HOLDS);
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void withAndWithoutIsAContradiction() {
    Cli run = review("--html", "x", "--no-html").exits(Exit.USAGE);
    assertThat(run.err()).contains("--html and --no-html: expected one of them");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void jsonAndPageGoTogether() {
    Path file = folder.resolve("r.html");
    Cli run = review("--json", "--html", file.toString()).exits(Exit.HOLDS);
    assertThat(run.json().at("/results")).isNotEmpty();
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void checkAndExplainHaveTheirForms() {
    String[] what = {"--scenario", "e07-idle-exit", "--design", "no-refcount"};
    String[] starts = {"html", "<!DOCTYPE html>", "junit", "<?xml ", "sarif", "{", "json", "{"};
    for (int i = 0; i < starts.length; i += 2) {
      Cli run =
          Cli.run(
              Stream.concat(Stream.of("check", "--format", starts[i]), Stream.of(what))
                  .toArray(String[]::new));
      run.exits(Exit.VIOLATED);
      assertThat(run.out()).startsWith(starts[i + 1]);
      assertThat(run.err()).isEmpty();
    }
    Cli svg =
        Cli.run(
            Stream.concat(
                    Stream.of("explain", "--format", "svg", "--arch", "x86-eager"), Stream.of(what))
                .toArray(String[]::new));
    assertThat(svg.exits(Exit.VIOLATED).out()).startsWith("<svg ");
    Cli bad = Cli.run("check", "--format", "pdf").exits(Exit.USAGE);
    assertThat(bad.err()).contains("--format", "pdf");
  }
}
