package dev.lazymm.cli;

import dev.lazymm.litmus.gen.CycleGenerator;
import dev.lazymm.litmus.run.Input;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which litmus tests: files and folders, or {@code --generate}. */
final class LitmusInputs {
  @Parameters(paramLabel = "FILE", description = "Litmus tests, or folders of them.")
  private List<Path> files = List.of();

  @Option(
      names = "--generate",
      paramLabel = "N",
      description = "Instead of files: N random tests whose condition is a cycle.")
  private @Nullable Integer generate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of which random tests (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "With --generate: write the tests there, too.")
  private @Nullable Path save;

  /** {@return the tests asked for, at least one} */
  List<Input> all() {
    if (generate == null) {
      if (files.isEmpty()) {
        throw new UserError("no litmus test\n  expected files, folders or --generate N");
      }
      return LitmusFiles.found(files).stream().map(Input::of).toList();
    }
    if (!files.isEmpty() || generate < 1) {
      throw new UserError("--generate: expected a number from 1 on, and no files");
    }
    CycleGenerator generator = new CycleGenerator(seed);
    List<Input> all = new ArrayList<>();
    for (int n = 0; n < generate; n++) {
      String text = generator.test(n);
      String name = "generated-%d-%d.litmus".formatted(seed, n);
      if (save != null) {
        write(save.resolve(name), text);
      }
      all.add(Input.of(name, text));
    }
    return all;
  }

  /** {@return whether it is one test by its name: all about it is wanted} */
  boolean isOneTest() {
    return generate == null && files.size() == 1 && !Files.isDirectory(files.getFirst());
  }

  /** Writes a file. */
  static void write(Path file, String text) {
    OutFile.write(file, text);
  }
}
