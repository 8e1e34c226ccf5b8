package dev.lazymm.mapping;

import dev.lazymm.isa.Isa;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The kernel's primitives on one architecture.
 *
 * @param name what it is asked for by
 * @param title one line about it
 * @param isa the instruction set, as tests name it: {@code AArch64}
 * @param model the model that its tests run under: {@code armv8}
 * @param kernel which kernel's sources it was taken from
 * @param rows what each primitive becomes, each primitive at most once
 */
public record Mapping(
    String name, String title, String isa, String model, String kernel, List<Row> rows) {
  /** Those that come with lazymm. */
  public static final List<String> BUILT_IN =
      List.of("x86", "aarch64", "aarch64-llsc", "ppc", "ppc-isync", "riscv", "riscv-llsc");

  private static final Map<String, String> ALIASES =
      Map.of(
          "tso", "x86",
          "x86_64", "x86",
          "armv8", "aarch64",
          "arm64", "aarch64",
          "power", "ppc",
          "powerpc", "ppc");

  /** How the name of a mapping's file ends. */
  public static final String SUFFIX = ".toml";

  public Mapping {
    rows = List.copyOf(rows);
  }

  /** {@return the same in instructions that herd7 reads, where a row says which} */
  public Mapping forHerd() {
    return new Mapping(name, title, isa, model, kernel, rows.stream().map(Row::forHerd).toList());
  }

  /**
   * {@return a mapping: one of ours by its name or another name of its architecture, or that in a
   * file whose name ends in {@code .toml}}
   *
   * @throws MappingException if there is none, or it makes no sense
   * @throws UncheckedIOException if a file cannot be read
   */
  public static Mapping find(String nameOrFile) {
    if (nameOrFile.endsWith(SUFFIX)) {
      try {
        return parse(nameOrFile, Files.readString(Path.of(nameOrFile)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String name = ALIASES.getOrDefault(nameOrFile, nameOrFile);
    if (!BUILT_IN.contains(name)) {
      throw new MappingException(
          "there is no mapping %s; expected one of %s, or a file NAME.toml"
              .formatted(nameOrFile, String.join(", ", BUILT_IN)));
    }
    return builtIn(name);
  }

  static Mapping builtIn(String name) {
    String file = name + SUFFIX;
    try (InputStream in = Objects.requireNonNull(Mapping.class.getResourceAsStream(file), file)) {
      return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return the mapping that a text describes}
   *
   * @param file what errors call it; without {@code .toml} and folders it is the mapping's name
   * @throws MappingException if it makes no sense
   */
  public static Mapping parse(String file, String text) {
    return new MappingFile(file, text).mapping();
  }

  /** {@return whether it has a row for a primitive} */
  public boolean has(String key) {
    return lookUp(key).isPresent();
  }

  /**
   * {@return what a primitive becomes}
   *
   * @throws MappingException if the mapping does not say
   */
  public Row row(String key) {
    return lookUp(key)
        .orElseThrow(() ->
            new MappingException(
                "mapping %s has no row for \"%s\"; expected one of %s"
                    .formatted(name, key, String.join(", ", known(key)))));
  }

  private Optional<Row> lookUp(String key) {
    return rows.stream().filter(r -> r.does().equals(key)).findFirst();
  }

  private List<String> known(String key) {
    List<String> near = Keys.near(key).stream().filter(this::has).toList();
    return near.isEmpty() ? rows.stream().map(Row::does).toList() : near;
  }

  /**
   * Checks that the instructions of all primitives are some of an instruction set, in both widths.
   * What the machine does is not checked: privileged instructions are none that tests have.
   *
   * @throws MappingException if one is not
   */
  public void decode(Isa instructions) {
    Registers registers = Registers.of(isa);
    for (Row row : rows) {
      if (Keys.PRIMITIVES.contains(row.does())) {
        Decoding.check(row, instructions, registers);
      }
    }
  }
}
