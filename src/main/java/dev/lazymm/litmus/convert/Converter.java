package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.c.Program;
import dev.lazymm.mapping.Mapping;
import java.util.List;

/**
 * Converts tests in C to assembly.
 *
 * <pre>
 * var converter = new Converter(Mapping.find("aarch64"));
 * String text = converter.convert(Source.read(file), Macros.linux()).text();
 * </pre>
 */
public final class Converter {
  private static final List<Dialect> DIALECTS = List.of(new AArch64Dialect());

  private final Mapping mapping;
  private final Dialect dialect;

  /**
   * A converter by a mapping.
   *
   * @throws LitmusException if there is no way yet to write for its instruction set
   */
  public Converter(Mapping mapping) {
    this.mapping = mapping;
    this.dialect =
        DIALECTS.stream()
            .filter(d -> d.isa().name().equals(mapping.isa()))
            .findFirst()
            .orElseThrow(() ->
                new LitmusException(
                    mapping.name(), "tests cannot be converted to " + mapping.isa() + " yet"));
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
      return new Conversion(Program.parse(source), macros, dialect, mapping)
          .convert("From C, by the mapping " + mapping.name() + ".");
    } catch (StackOverflowError _) {
      throw new LitmusException(source.file(), "is nested too deeply");
    }
  }
}
