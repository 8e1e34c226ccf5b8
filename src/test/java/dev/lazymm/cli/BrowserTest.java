package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser shows the page of a review, wide and narrow. Without a browser (chromium or
 * google-chrome on the path, or the file that LAZYMM_BROWSER names) this is skipped.
 */
class BrowserTest {
  private static final long PATIENCE_S = 180;
  private static final Pattern SEEN =
      Pattern.compile("data-(wide|narrow)=\"(\\d+) (\\d+) (\\d+) (\\d+)\"");
  private static final Pattern PICTURE = Pattern.compile("<svg ");

  /** Puts a page into frames of two widths, opens what is folded, and says what it measures. */
  private static final String HARNESS =
      """
      <!DOCTYPE html><html><head><link rel="icon" href="data:,"></head>
      <body><script>
      const page = %s;
      for (const [name, width] of [["wide", 1280], ["narrow", 400]]) {
        const frame = document.createElement("iframe");
        frame.style = "border: 0; height: 800px; width: " + width + "px";
        frame.srcdoc = page;
        frame.onload = () => {
          const inner = frame.contentDocument;
          inner.querySelectorAll("details").forEach(d => d.open = true);
          const drawn = [...inner.querySelectorAll("svg")].filter(s => {
            const box = s.getBoundingClientRect();
            return box.width > 100 && box.height > 50 && s.querySelectorAll("rect, text").length > 3;
          });
          const links = [...inner.querySelectorAll("a[href^='#']")]
              .filter(a => !inner.getElementById(a.getAttribute("href").slice(1)));
          document.body.setAttribute("data-" + name, [width, inner.documentElement.scrollWidth,
              drawn.length, links.length].join(" "));
        };
        document.body.append(frame);
      }
      </script></body></html>
      """;

  /** What a browser made of a page at one width. */
  private record Seen(int width, int scrollWidth, int pictures, int deadLinks) {}

  @TempDir Path folder;
  private String browser = "";

  @BeforeEach
  void find() {
    Optional<String> found = browser();
    if (found.isEmpty()) {
      System.err.println("BrowserTest is SKIPPED: there is no chromium (set LAZYMM_BROWSER)");
    }
    Assumptions.assumeTrue(found.isPresent(), "no browser");
    browser = found.orElseThrow();
  }

  private static Optional<String> browser() {
    String named = System.getenv("LAZYMM_BROWSER");
    if (named != null) {
      return Optional.of(named);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(dir ->
            Stream.of("chromium", "chromium-browser", "google-chrome").map(n -> Path.of(dir, n)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private Seen[] show(String page) throws IOException, InterruptedException {
    Path file = folder.resolve("harness.html");
    String literal = JsonMapper.shared().writeValueAsString(page).replace("<", "\\u003c");
    Files.writeString(file, HARNESS.replace("%s", literal));
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=1400,900",
                "--virtual-time-budget=20000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the browser hangs");
    }
    assertThat(Files.readString(log)).as("what the page complains of").doesNotContain("CONSOLE");
    Matcher seen = SEEN.matcher(Files.readString(dom));
    Seen[] both = new Seen[2];
    while (seen.find()) {
      both[seen.group(1).equals("wide") ? 0 : 1] =
          new Seen(
              Integer.parseInt(seen.group(2)),
              Integer.parseInt(seen.group(3)),
              Integer.parseInt(seen.group(4)),
              Integer.parseInt(seen.group(5)));
    }
    assertThat(both).doesNotContainNull();
    return both;
  }

  @Test
  void aReviewIsWholeAtEveryWidth() throws IOException, InterruptedException {
    Path report = folder.resolve("report.html");
    Cli.run(
            "review",
            "--design",
            "refcount,no-refcount,shootdown",
            "--arch",
            "x86-eager,powerpc-hash,arm64",
            "--html",
            report.toString())
        .exits(Exit.HOLDS);
    String page = Files.readString(report);
    int pictures = (int) PICTURE.matcher(page).results().count();
    assertThat(pictures).isGreaterThan(8);
    for (Seen seen : show(page)) {
      assertThat(seen.scrollWidth()).as("at %d pixels", seen.width()).isEqualTo(seen.width());
      assertThat(seen.pictures()).isEqualTo(pictures);
      assertThat(seen.deadLinks()).isZero();
    }
  }

  /** What is wrong with a page is seen. */
  @Test
  void aBadPageIsSeenToBeBad() throws IOException, InterruptedException {
    String bad = "<!DOCTYPE html><p style='width: 700px'>wide</p><a href='#x'>x</a><svg></svg>";
    Seen[] seen = show(bad);
    assertThat(seen[0].scrollWidth()).isEqualTo(1280);
    assertThat(seen[1].scrollWidth()).isGreaterThan(400);
    assertThat(seen[0].pictures()).isZero();
    assertThat(seen[0].deadLinks()).isEqualTo(1);
    Assertions.assertThatThrownBy(() -> show("<!DOCTYPE html><script>console.error('x')</script>"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("complains");
  }
}
