package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a test in which one word or sign is another, it is said where it is wrong, if it is. */
class CorruptedTest {
  private static final int TIMES = 1_500;

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z_][\\w.]*|\\d+|\\S");

  private static final List<String> ODD =
      List.of(
          "",
          "-1",
          "99999999999999999999",
          "0xffffffffffffffff",
          "$x",
          "%",
          "#",
          "[",
          ")",
          "(*",
          "|",
          "P9",
          "X0",
          "r0",
          "x0",
          "EAX",
          "%eax",
          "LSL",
          "lock",
          "nop",
          "exists",
          "\0",
          "\u00e9");

  private static List<Path> tests(String folder) throws IOException {
    try (var all = Files.list(Suite.FOLDER.resolve(folder))) {
      return all.filter(f -> f.toString().endsWith(".litmus")).sorted().toList();
    }
  }

  private static String corrupted(String text, SplittableRandom random) {
    List<MatchResult> all = TOKEN.matcher(text).results().toList();
    MatchResult old = all.get(random.nextInt(all.size()));
    String other = all.get(random.nextInt(all.size())).group();
    String odd = ODD.get(random.nextInt(ODD.size()));
    String now =
        switch (random.nextInt(3)) {
          case 0 -> other;
          case 1 -> odd;
          default -> old.group() + odd;
        };
    return text.substring(0, old.start()) + now + text.substring(old.end());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "riscv"})
  void isReadOrRefusedWithPlace(String model) throws IOException {
    Tools tools = Tools.load(Request.of(model));
    List<Path> files = tests(model);
    var random = new SplittableRandom(1);
    int read = 0;
    List<String> placeless = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      String text = corrupted(Files.readString(files.get(i % files.size())), random);
      try {
        assertThat(tools.read(Source.of("t", text)).threads()).isNotEmpty();
        read++;
      } catch (LitmusException e) {
        if (e.line() == 0 || e.column() == 0 || e.problem().isBlank()) {
          placeless.add(e.getMessage());
        }
      }
    }
    assertThat(placeless).isEmpty();
    assertThat(read).isBetween(TIMES / 10, TIMES * 9 / 10);
  }
}
