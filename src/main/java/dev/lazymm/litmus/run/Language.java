package dev.lazymm.litmus.run;

import dev.lazymm.cat.Vocabulary;
import dev.lazymm.isa.AArch64;
import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Ppc;
import dev.lazymm.isa.RiscV;
import dev.lazymm.isa.X86;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Spelling;
import dev.lazymm.litmus.asm.AsmLitmus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A language that the threads of tests are written in.
 *
 * @param name the first word of its tests
 * @param model the model that is built in for it
 * @param isa the instruction set; null of C
 */
record Language(String name, String model, @Nullable Isa isa) {
  private static final String C = "C";

  private static final List<Language> ALL =
      List.of(
          new Language(C, "lkmm", null),
          new Language("X86", "tso", X86.narrow()),
          new Language("X86_64", "tso", X86.wide()),
          new Language("AArch64", "armv8", new AArch64()),
          new Language("PPC", "power", new Ppc()),
          new Language("RISCV", "riscv", new RiscV()));

  /** The models that are built in, with the languages that each is for; none: for all. */
  static final Map<String, List<String>> MODELS = models();

  private static Map<String, List<String>> models() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Language language : ALL) {
      all.computeIfAbsent(language.model, _ -> new ArrayList<>()).add(language.name);
    }
    all.put("sc", List.of());
    return all;
  }

  /** {@return the language of a test} */
  static Language of(Source source) {
    String name = source.text().strip().split("\\s", 2)[0];
    return find(name)
        .orElseThrow(() ->
            source.error(
                source.text().indexOf(name),
                "there is no language %s%s; expected one of %s"
                    .formatted(name, Spelling.hint(name, names()), String.join(", ", names()))));
  }

  private static List<String> names() {
    return ALL.stream().map(Language::name).toList();
  }

  /** {@return a language by its name} */
  static Optional<Language> find(String name) {
    return ALL.stream().filter(l -> l.name.equals(name)).findFirst();
  }

  /** {@return a language that a test is in} */
  static Language named(String name) {
    return find(name).orElseThrow();
  }

  boolean isC() {
    return isa == null;
  }

  /** {@return a test in this language, which is one of assembly} */
  LitmusTest read(Source source, AsmLitmus.Options options) {
    return AsmLitmus.parse(source, Objects.requireNonNull(isa), options);
  }

  /** {@return what models of this language may name} */
  Vocabulary vocabulary() {
    if (isa == null) {
      return Vocabulary.c();
    }
    Vocabulary common = Vocabulary.common();
    var sets = new TreeSet<>(common.sets());
    sets.addAll(isa.sets());
    var relations = new TreeSet<>(common.relations());
    relations.addAll(isa.relations());
    return new Vocabulary(sets, relations);
  }

  /**
   * Checks that a built-in model is of this language.
   *
   * @throws LitmusException if it is not
   */
  void checkModel(String builtIn) {
    List<String> languages = MODELS.getOrDefault(builtIn, List.of());
    if (!languages.isEmpty() && !languages.contains(name)) {
      throw new LitmusException(
          builtIn,
          "is a model of tests in %s, not in %s; expected %s, sc or a .cat file%s"
              .formatted(
                  String.join(" and ", languages),
                  name,
                  model,
                  isC() ? ", or --arch %s, which converts them".formatted(builtIn) : ""));
    }
  }
}
