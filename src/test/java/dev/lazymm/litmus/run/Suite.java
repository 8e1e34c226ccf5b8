package dev.lazymm.litmus.run;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.cat.Includes;
import dev.lazymm.cat.Model;
import dev.lazymm.cat.Options;
import dev.lazymm.cat.Source;
import dev.lazymm.cat.Vocabulary;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.c.CLitmus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own litmus tests, and models to hold them to. */
public final class Suite {
  /** Where they lie. */
  static final Path FOLDER = Path.of("src/test/resources/litmus");

  /** Where those of smp_memb() lie. */
  static final Path MEMB = FOLDER.resolve("memb");

  static final List<String> FILES = List.of("lkmm.cat", "lkmm-locks.cat", "lkmm.bell");

  /** A test with what our model is to say of it. */
  record Entry(Path file, LitmusTest test, Expected.Row row) {
    String name() {
      return FOLDER.relativize(file).toString().replace(".litmus", "");
    }
  }

  private Suite() {}

  /** {@return the tests of a folder, not of those below it} */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(".litmus")).sorted().toList();
    }
  }

  /** {@return the tests of folders, with what the {@code expected.csv} of each folder says} */
  static List<Entry> entries(Path... folders) throws IOException {
    List<Entry> all = new ArrayList<>();
    for (Path folder : folders) {
      Expected expected = new Expected(folder.resolve("expected.csv"));
      for (Path file : files(folder)) {
        LitmusTest test = CLitmus.parse(dev.lazymm.litmus.Source.read(file));
        all.add(new Entry(file, test, expected.of(file).orElseThrow()));
      }
    }
    return all;
  }

  /** {@return the texts of our own model by file name} */
  static Map<String, String> texts() {
    return FILES.stream()
        .collect(Collectors.toMap(f -> f, f -> Model.builtIn(f).text(), (a, _) -> a, TreeMap::new));
  }

  /** {@return a model from such texts, some of them changed} */
  static Model model(Map<String, String> texts) {
    return Model.load(source(texts, "lkmm.cat"), options(texts));
  }

  private static Options options(Map<String, String> texts) {
    Includes includes = (name, _) -> texts.containsKey(name) ? source(texts, name) : null;
    return Options.of(Vocabulary.c())
        .withVariants("lkmmv2")
        .withIncludes(includes)
        .withBell(source(texts, "lkmm.bell"));
  }

  private static Source source(Map<String, String> texts, String name) {
    return Source.of(name, texts.getOrDefault(name, ""));
  }

  /** {@return our own model, compiled or interpreted} */
  public static Model lkmm(boolean interpreted) {
    Map<String, String> texts = texts();
    Options options = options(texts);
    return Model.load(source(texts, "lkmm.cat"), interpreted ? options.asInterpreted() : options);
  }

  /** {@return all of what a test shows} */
  public static Result run(LitmusTest test, Model model) {
    return Search.run(test, model::judge, Search.Options.defaults());
  }

  /** {@return the kernel's own model and macros; a test that wants them aborts without them} */
  public static Tools kernel() throws IOException {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      return abort(
          "NOT TESTED AGAINST THE KERNEL'S OWN MODEL: LAZYMM_DATA is not set; it names the"
              + " directory that contains cat/");
    }
    Path conf = Path.of(data, "cat/lkmm/linux-kernel.cfg");
    return Tools.load(
        new Request(
            conf.toString(), null, null, null, List.of(), java.util.Set.of(), Request.UNROLL));
  }
}
