package dev.lazymm.cat;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Shorthand: models from texts, and what they say of a candidate. */
final class Cats {
  private Cats() {}

  static Options options() {
    return Options.of(Vocabulary.c());
  }

  static Model model(String text) {
    return Model.load(Source.of("my.cat", text), options());
  }

  static Model interpreted(String text) {
    return Model.load(Source.of("my.cat", text), options().asInterpreted());
  }

  /** {@return all completions as text, sorted: flags and some relations} */
  static List<String> completions(Model model, Structure structure, String... names) {
    List<String> all = new ArrayList<>();
    model
        .judge(structure)
        .completions((flags, end) -> {
          StringBuilder text = new StringBuilder(flags.toString());
          for (String name : names) {
            text.append(' ').append(name).append(end.relation(name));
          }
          end.shown().forEach((name, r) -> text.append(' ').append(name).append(r));
          return all.add(text.toString());
        });
    Collections.sort(all);
    return all;
  }

  /** {@return what an expression means, after it was found that both ways agree} */
  static Relation value(String definitions, String expr, Structure structure) {
    String text = definitions + "\nlet result = " + expr + "\n";
    Relation compiled = result(model(text), structure);
    Relation interpreted = result(interpreted(text), structure);
    if (!compiled.equals(interpreted)) {
      throw new AssertionError(
          expr + ": " + compiled + " compiled, " + interpreted + " interpreted");
    }
    return compiled;
  }

  private static Relation result(Model model, Structure structure) {
    List<Relation> results = new ArrayList<>();
    model.judge(structure).completions((_, end) -> results.add(end.relation("result")));
    if (results.size() != 1) {
      throw new AssertionError(results.size() + " completions");
    }
    return results.getFirst();
  }

  /** {@return the folder of models that others wrote; tests that want it abort without it} */
  static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null || !Files.isDirectory(Path.of(data, "cat"))) {
      return abort("LAZYMM_DATA names no directory with cat/ in it");
    }
    return Path.of(data, "cat");
  }

  static final Map<String, Vocabulary> ARCHITECTURES =
      Map.of(
          "x86",
              Vocabulary.common()
                  .andSets("X", "A", "MFENCE", "LFENCE", "SFENCE")
                  .andRelations("sm", "si"),
          "ppc",
              Vocabulary.common()
                  .andSets("X", "SYNC", "LWSYNC", "EIEIO", "ISYNC")
                  .andRelations("sm"),
          "riscv",
              Vocabulary.common()
                  .andSets("X", "Acq", "Rel", "AcqRel", "Sc", "AMO", "Fence.tso")
                  .andSets("Fence.r.r", "Fence.r.w", "Fence.r.rw", "Fence.w.r", "Fence.w.w")
                  .andSets("Fence.w.rw", "Fence.rw.r", "Fence.rw.w", "Fence.rw.rw"),
          "c11",
              Vocabulary.common()
                  .andSets("RMW", "A", "RLX", "REL", "ACQ", "ACQ_REL", "SC")
                  .andRelations("sm"),
          "arm",
              Vocabulary.common()
                  .andSets("X", "A", "L", "Q", "NoRet", "Exp", "NExp", "T", "ISB", "FAULT")
                  .andSets("DMB.ISH", "DMB.SY", "DMB.LD", "DMB.ST", "DSB.SY", "DSB.LD", "DSB.ST")
                  .andSets("Rreg", "Wreg", "DATA", "BCC", "TLBI", "DC.CVAU", "IC.IVAU", "IC.IALLU")
                  .andSets("IC.IALLUIS", "EXC-ENTRY", "EXC-RET", "TagCheck", "SPURIOUS")
                  .andSets("TLBIIS", "TLBInXS")
                  .andRelations("sm", "si", "iico_data", "iico_ctrl", "iico_order", "rf-reg")
                  .andRelations("same-instance", "same-low-order-bits"));

  /** {@return the kernel's own model} */
  static Model linux(boolean interpreted) throws java.io.IOException {
    Path folder = data().resolve("lkmm");
    Options options =
        Options.of(Vocabulary.c())
            .withVariants("lkmmv2")
            .withBell(Source.read(folder.resolve("linux-kernel.bell")));
    return Model.load(
        Source.read(folder.resolve("linux-kernel.cat")),
        interpreted ? options.asInterpreted() : options);
  }
}
