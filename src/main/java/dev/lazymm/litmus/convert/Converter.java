package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Isa;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.c.Program;
import dev.lazymm.mapping.Mapping;
import java.util.Map;
import java.util.function.Function;

/**
 * Converts tests in C to assembly.
 *
 * <pre>
 * var converter = new Converter(Mapping.find("aarch64"), new AArch64());
 * String text = converter.convert(Source.read(file), Macros.linux()).text();
 * </pre>
 */
public final class Converter {
  private static final Map<String, Function<Isa, Dialect>> DIALECTS =
      Map.of(
          "AArch64", AArch64Dialect::new,
          "PPC", PpcDialect::new,
          "RISCV", RiscVDialect::new,
          "X86_64", X86Dialect::new);

  private final Mapping mapping;
  private final Dialect dialect;
  private final boolean counts;

  /**
   * A converter by a mapping.
   *
   * @param isa the mapping's instruction set
   * @throws LitmusException if there is no way to write for it
   */
  public Converter(Mapping mapping, Isa isa) {
    var make = DIALECTS.get(isa.name());
    if (make == null || !isa.name().equals(mapping.isa())) {
      throw new LitmusException(
          mapping.name(), "tests cannot be converted to " + mapping.isa() + " yet");
    }
    this.mapping = mapping;
    this.dialect = make.apply(isa);
    this.counts = false;
  }

  private Converter(Converter other, boolean counts) {
    this.mapping = other.mapping;
    this.dialect = other.dialect;
    this.counts = counts;
  }

  /**
   * {@return the same for tests whose numbers are counts} What is taken from them leaves nothing
   * below 0 in what such a test asks for, so that they have 32 bits as in C.
   */
  public Converter ofCounts() {
    return new Converter(this, true);
  }

  /** {@return the mapping} */
  public Mapping mapping() {
    return mapping;
  }

  /**
   * {@return a test in C as a test in assembly}
   *
   * @throws LitmusException if it is not as it should be, or the mapping has no instructions for
   *     what it does
   */
  public Converted convert(Source source, Macros macros) {
    try {
      return new Conversion(Program.parse(source), macros, dialect, mapping, counts)
          .convert("From C, by the mapping " + mapping.name() + ".");
    } catch (StackOverflowError _) {
      throw new LitmusException(source.file(), "is nested too deeply");
    }
  }
}
