package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cat.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each check of our model, and each part of its definitions, bears load: without it, at least one
 * test of our suite comes out differently. Which ones is in {@code bears-load.txt}; after a change
 * of the model or of the suite, take over what {@link #table} finds.
 */
class BearsLoadTest {
  private static final Path TABLE = Suite.FOLDER.resolve("bears-load.txt");

  private static final Pattern CHECK =
      Pattern.compile(
          "^(flag +)?~?(acyclic|irreflexive|empty) [^\"]*?\\bas ([\\w-]+)$", Pattern.MULTILINE);

  /** The reader of C makes both halves of each lock, so that no test can do without one. */
  private static final List<String> NOT_FROM_C =
      List.of("check unpaired-LKR", "check unpaired-LKW");

  /** A model that lacks something. */
  private record Mutant(String name, Map<String, String> texts) {}

  private static Map<String, String> with(String file, String text) {
    Map<String, String> texts = new TreeMap<>(Suite.texts());
    texts.put(file, text);
    return texts;
  }

  private static List<Mutant> withoutChecks() {
    List<Mutant> all = new ArrayList<>();
    Suite.texts()
        .forEach((file, text) -> {
          Matcher check = CHECK.matcher(text);
          while (check.find()) {
            String rest = text.substring(0, check.start()) + text.substring(check.end());
            all.add(new Mutant("check " + check.group(3), with(file, rest)));
          }
        });
    return all;
  }

  private static List<Mutant> weakened() {
    List<Mutant> all = new ArrayList<>();
    for (Weakenings.Weakening w : Weakenings.ALL) {
      String text = Suite.texts().getOrDefault(w.file(), "");
      int at = text.indexOf(w.from());
      assertThat(at).as("%s: %s", w.file(), w.from()).isNotNegative();
      assertThat(text.indexOf(w.from(), at + 1)).as("twice: %s", w.from()).isNegative();
      all.add(new Mutant(w.what(), with(w.file(), text.replace(w.from(), w.to()))));
    }
    return all;
  }

  /** {@return the names of the tests that come out differently} */
  private static List<String> changed(Mutant mutant, List<Suite.Entry> suite) {
    Model model = Suite.model(mutant.texts);
    assertThat(model.isCompiled()).as(mutant.name).isTrue();
    return suite.stream()
        .filter(e -> !e.row().differences(Suite.run(e.test(), model)).isEmpty())
        .map(Suite.Entry::name)
        .toList();
  }

  @Test
  void allChecksAreFound() {
    long checks =
        Suite.texts().values().stream()
            .flatMap(String::lines)
            .filter(l -> l.matches(".*\\bas [\\w-]+"))
            .count();
    assertThat(withoutChecks()).hasSize((int) checks).hasSize(20);
    assertThat(weakened()).extracting(Mutant::name).doesNotHaveDuplicates();
  }

  private static List<Mutant> mutants() {
    return Stream.concat(withoutChecks().stream(), weakened().stream()).toList();
  }

  @Test
  void eachChangesSomeTest() throws IOException {
    Map<String, List<String>> table = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      int colon = line.lastIndexOf(": ");
      table.put(line.substring(0, colon), List.of(line.substring(colon + 2).split(" ")));
    }
    assertThat(table).hasSize(mutants().size());
    Map<String, Suite.Entry> suite =
        Suite.entries(Suite.FOLDER, Suite.MEMB).stream()
            .collect(Collectors.toMap(Suite.Entry::name, e -> e));
    List<String> idle =
        mutants().parallelStream()
            .filter(m -> !NOT_FROM_C.contains(m.name))
            .filter(m -> {
              Suite.Entry one =
                  suite.get(table.getOrDefault(m.name, List.of("not in the table")).getFirst());
              return one == null || changed(m, List.of(one)).isEmpty();
            })
            .map(Mutant::name)
            .toList();
    assertThat(idle).isEmpty();
  }

  /** The table says exactly which tests each changes. */
  @Tag("slow")
  @Test
  void table() throws IOException {
    List<Suite.Entry> suite = Suite.entries(Suite.FOLDER, Suite.MEMB);
    List<String> found =
        mutants().parallelStream()
            .map(m -> m.name + ": " + String.join(" ", changed(m, suite)))
            .toList();
    assertThat(String.join("\n", found) + "\n").isEqualTo(Files.readString(TABLE));
    assertThat(found.stream().filter(l -> l.endsWith(": ")))
        .containsExactlyElementsOf(NOT_FROM_C.stream().map(n -> n + ": ").toList());
  }

  /** Tests without smp_memb() are judged as if the model knew nothing of it. */
  @Test
  void membarrierCostsTheOthersNothing() throws IOException {
    Map<String, String> texts = new TreeMap<>(Suite.texts());
    texts.replaceAll((_, text) ->
        text.replace("\n  || 'MEMB", "")
            .replace(" | MEMB", "")
            .replace("let memb-over(inner) = paired([MEMB], id, inner)\n", "")
            .replace(" | memb-over(inner)", ""));
    assertThat(texts.values())
        .allSatisfy(t ->
            assertThat(t.replaceAll("(?s)\\(\\*.*?\\*\\)", "").toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("memb"));
    Model model = Suite.model(texts);
    for (Suite.Entry e : Suite.entries(Suite.FOLDER)) {
      assertThat(e.row().differences(Suite.run(e.test(), model))).as(e.name()).isEmpty();
    }
  }
}
