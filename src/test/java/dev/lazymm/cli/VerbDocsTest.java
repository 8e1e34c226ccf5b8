package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the documents show is what the commands print: each block that begins with {@code $
 * ./lazymm} is run. {@code ./lazymm test -Dgolden.update=true} writes the output anew.
 */
class VerbDocsTest {
  private static final String PROMPT = "$ ./lazymm ";
  private static final String FENCE = "```";

  /** What herd says of how long it took. */
  private static final Pattern TIME = Pattern.compile("(?m)^(Time \\S+) [\\d.]+$");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "barriers",
        "check",
        "claims",
        "convert",
        "count",
        "explain",
        "export",
        "herd",
        "list",
        "litmus",
        "prove",
        "regressions",
        "replay",
        "review",
        "simulate"
      })
  void examplesAreReal(String verb) throws IOException {
    String real = compare(Path.of("docs", verb + ".md"));
    assertThat(real).contains(FENCE + "\n" + PROMPT + verb, "\n## Exit codes", "JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"armv8", "lkmm", "power", "riscv", "sc", "tso"})
  void modelsAreShownByRealTests(String model) throws IOException {
    assertThat(compare(Path.of("docs", "models", model + ".md"))).contains(PROMPT + "litmus");
  }

  @Test
  void soundnessIsReal() throws IOException {
    assertThat(compare(Path.of("docs", "soundness.md"))).contains(PROMPT + "litmus");
  }

  @Tag("slow")
  @Test
  void theVerdictsOnTheRivalsAreReal() throws IOException {
    assertThat(compare(Path.of("docs", "designs.md"))).contains(PROMPT + "check --format matrix");
  }

  @Test
  void theReadmeIsReal() throws IOException {
    assertThat(compare(Path.of("README.md"))).contains(FENCE + "\n" + PROMPT);
  }

  /** What a verb has in common with {@code check}, its page may leave to that page. */
  @Test
  void everyOptionIsOnThePageOfItsVerb() throws IOException {
    String common = Files.readString(Path.of("docs", "check.md"));
    for (CommandLine verb : Main.allVerbs().getSubcommands().values()) {
      String name = verb.getCommandName();
      if (!verb.getCommandSpec().usageMessage().hidden() && !name.equals("help")) {
        String page = Files.readString(Path.of("docs", name + ".md"));
        String with = page.contains("](check.md") ? page + common : page;
        for (OptionSpec option : verb.getCommandSpec().options()) {
          if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
            assertThat(List.of(option.names())).as("docs/%s.md", name).anyMatch(with::contains);
          }
        }
      }
    }
  }

  /** Compares a document with what its commands print, or writes it anew; {@return the latter} */
  private static String compare(Path file) throws IOException {
    String shown = Files.readString(file);
    String real = rerun(shown.lines().toList());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, real);
    } else {
      assertThat(shown).isEqualTo(real);
    }
    return real;
  }

  /** {@return the document with the output of each command as it is now} */
  private static String rerun(List<String> lines) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      out.add(lines.get(i));
      if (lines.get(i).startsWith(PROMPT)) {
        StringBuilder command = new StringBuilder(lines.get(i).substring(PROMPT.length()));
        while (command.toString().endsWith("\\")) {
          out.add(lines.get(++i));
          command.setLength(command.length() - 1);
          command.append(lines.get(i).strip());
        }
        if (command.toString().startsWith("review")) {
          command.append(" --no-html"); // the text is the same, and nothing is left lying about
        }
        String printed = Cli.run(command.toString().split(" +")).out();
        out.addAll(TIME.matcher(printed).replaceAll("$1 0.01").lines().toList());
        i += lines.subList(i, lines.size()).indexOf(FENCE) - 1;
      }
    }
    return String.join("\n", out) + "\n";
  }
}
