package dev.lazymm.cat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model is to be loaded.
 *
 * @param vocabulary what the architecture gives
 * @param variants those that are set, herd's {@code -variant}
 * @param includes finds what the model includes
 * @param bell a bell file, evaluated before the model
 * @param interpreted whether to interpret the model step by step: slow, and the measure of the
 *     compiler in tests
 */
public record Options(
    Vocabulary vocabulary,
    Set<String> variants,
    Includes includes,
    @Nullable Source bell,
    boolean interpreted) {
  public Options {
    variants = Set.copyOf(variants);
  }

  /** {@return options for a vocabulary, with no variant and no bell file} */
  public static Options of(Vocabulary vocabulary) {
    return new Options(vocabulary, Set.of(), Includes.folders(List.of()), null, false);
  }

  /** {@return these with variants set} */
  public Options withVariants(String... names) {
    return new Options(vocabulary, Set.of(names), includes, bell, interpreted);
  }

  /** {@return these with another way to find files} */
  public Options withIncludes(Includes finder) {
    return new Options(vocabulary, variants, finder, bell, interpreted);
  }

  /** {@return these with a bell file} */
  public Options withBell(Source source) {
    return new Options(vocabulary, variants, includes, source, interpreted);
  }

  /** {@return these, interpreted} */
  public Options asInterpreted() {
    return new Options(vocabulary, variants, includes, bell, true);
  }
}
