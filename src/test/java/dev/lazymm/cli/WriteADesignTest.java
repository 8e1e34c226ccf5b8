package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/write-a-design.md shows what its commands print: each is run on the file as it is there. */
class WriteADesignTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```(java|console|diff)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String FILE = "MyDesign.java";

  @TempDir Path folder;

  @Test
  void theGuideIsInStep() throws IOException {
    String guide = Files.readString(Path.of("docs/write-a-design.md"));
    Path file = Files.writeString(folder.resolve(FILE), "");
    boolean whole = true;
    int compared = 0;
    Matcher block = BLOCK.matcher(guide);
    while (block.find()) {
      String text = block.group(2);
      if (block.group(1).equals("diff")) {
        Files.writeString(file, changed(Files.readString(file), text));
      } else if (block.group(1).equals("java")) {
        whole = text.contains("class MyDesign");
        if (whole) {
          Files.writeString(file, text);
        }
      } else if (whole) {
        compare(text, file);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(12);
  }

  /** {@return a file with a change made to it, which is shown as diff does} */
  private static String changed(String file, String diff) {
    String before = lines(diff, '-');
    assertThat(file).containsOnlyOnce(before);
    return file.replace(before, lines(diff, '+'));
  }

  /** The lines of one side of a diff. */
  private static String lines(String diff, char side) {
    return diff.lines()
        .filter(line -> line.charAt(0) == ' ' || line.charAt(0) == side)
        .map(line -> line.substring(1) + "\n")
        .collect(Collectors.joining());
  }

  /** Lines are broken elsewhere where the name of the file is longer. */
  private static void compare(String block, Path file) {
    List<String> args = new ArrayList<>();
    Matcher word = WORD.matcher(block.lines().findFirst().orElseThrow().substring("$ ".length()));
    while (word.find()) {
      args.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    assertThat(args.removeFirst()).isEqualTo("./lazymm");
    args.replaceAll(arg -> arg.replace(FILE, file.toString()));
    Cli run = Cli.run(args.toArray(String[]::new));
    String printed = (run.out() + run.err()).replace(file.toString(), FILE);
    assertThat(words(printed)).isEqualTo(words(block.substring(block.indexOf('\n'))));
  }

  private static String words(String text) {
    String lines = text.replace("\\\n", " ").replaceAll("\n \\*(?!\\))", " "); // a comment in C
    return lines.replaceAll("\\s+", " ").strip();
  }
}
