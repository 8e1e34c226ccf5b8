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
 */
public record Request(
    @Nullable String conf,
    @Nullable String model,
    @Nullable String bell,
    @Nullable String macros,
    List<Path> folders,
    Set<String> variants,
    int unroll) {
  /** herd's own bound on loops. */
  public static final int UNROLL = 2;

  public Request {
    folders = List.copyOf(folders);
    variants = Set.copyOf(variants);
  }

  /** {@return a wish for a model by name or file, and the rest built in} */
  public static Request of(String model) {
    return new Request(null, model, null, null, List.of(), Set.of(), UNROLL);
  }
}
