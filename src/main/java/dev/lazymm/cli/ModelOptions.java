package dev.lazymm.cli;

import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Target;
import dev.lazymm.litmus.run.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What litmus tests are judged with: {@code --conf}, {@code --model} and their like. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A .cat file, or a built-in model: lkmm (default), sc.")
  private @Nullable String model;

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "Convert tests in C: aarch64, ppc, riscv, x86, a mapping or its file.")
  private @Nullable String arch;

  @Option(names = "--conf", paramLabel = "FILE", description = "A herd configuration file.")
  private @Nullable String conf;

  @Option(names = "--bell", paramLabel = "FILE", description = "A .bell file.")
  private @Nullable String bell;

  @Option(names = "--macros", paramLabel = "FILE", description = "A .def file.")
  private @Nullable String macros;

  @Option(
      names = {"-I", "--include"},
      paramLabel = "DIR",
      description = "Where to look for files, too.")
  private List<Path> folders = List.of();

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      split = ",",
      description = "Variants of the model, separated by commas.")
  private List<String> variants = List.of();

  @Option(
      names = "--unroll",
      paramLabel = "N",
      description = "Unroll loops so often (default: ${DEFAULT-VALUE}).")
  private int unroll = Request.UNROLL;

  /** {@return what the options name} */
  Tools tools(List<Input> tests) {
    return tools(tests, arch, conf, model, bell, macros);
  }

  /**
   * {@return the same with one of several models; one of an architecture is asked about tests in C
   * that are converted to it; a mapping brings its own}
   *
   * @throws UserError if a single model is named as well
   */
  Tools under(List<Input> tests, String one) {
    if (model != null) {
      throw new UserError("--model and --models cannot be used together");
    }
    return Target.isMapping(one)
        ? tools(tests, one, conf, null, bell, macros)
        : tools(tests, on(one), conf, one, bell, macros);
  }

  /**
   * {@return the same with another model}: a .cat file, with the rest as it was, or a configuration
   * file or built-in model, with what belongs to it
   */
  Tools against(List<Input> tests, String other) {
    if (other.endsWith(".cfg")) {
      return tools(tests, arch, other, null, null, null);
    }
    return Tools.isBuiltIn(other)
        ? tools(tests, on(other), null, other, null, null)
        : tools(tests, arch, conf, other, bell, macros);
  }

  /** {@return what tests in C are converted to for a model} */
  private @Nullable String on(String one) {
    if (Tools.isHardware(one)) {
      return arch == null ? one : arch;
    }
    if (Tools.isForC(one)) {
      return null;
    }
    return arch == null ? LitmusFiles.architecture(one, folders) : arch;
  }

  private Tools tools(
      List<Input> tests,
      @Nullable String on,
      @Nullable String conf,
      @Nullable String model,
      @Nullable String bell,
      @Nullable String def) {
    Set<String> all = new TreeSet<>(variants);
    var request = new Request(conf, model, bell, def, folders, all, unroll, on);
    return LitmusFiles.tools(request, tests);
  }
}
