package dev.lazymm.litmus.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which model and which macros a user wants. What is not given comes from the configuration file,
 * and else is built in.
 *
 * @param conf a herd configuration file
 * @param model the name of a built-in model, or a .cat file
 * @param bell a .bell file
 * @param macros a .def file
 * @param folders where else to look for files: herd's {@code -I}
 * @param variants of the model, besides those of the configuration file
 * @param unroll how often a loop is unrolled
 * @param arch the mapping by which tests in C are converted; null if they are judged as they are
 */
public record Request(
    @Nullable String conf,
    @Nullable String model,
    @Nullable String bell,
    @Nullable String macros,
    List<Path> folders,
    Set<String> variants,
    int unroll,
    @Nullable String arch) {
  /** herd's own bound on loops. */
  public static final int UNROLL = 2;

  public Request {
    folders = List.copyOf(folders);
    variants = Set.copyOf(variants);
  }

  /** A wish that tests in C are judged as they are. */
  public Request(
      @Nullable String conf,
      @Nullable String model,
      @Nullable String bell,
      @Nullable String macros,
      List<Path> folders,
      Set<String> variants,
      int unroll) {
    this(conf, model, bell, macros, folders, variants, unroll, null);
  }

  /** {@return the same, with tests in C converted by a mapping} */
  public Request on(@Nullable String newArch) {
    return new Request(conf, model, bell, macros, folders, variants, unroll, newArch);
  }

  /** {@return a wish for a model by name or file, and the rest built in} */
  public static Request of(String model) {
    return new Request(null, model, null, null, List.of(), Set.of(), UNROLL);
  }
}
