package dev.lazymm.cli;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.run.Target;
import dev.lazymm.mapping.MappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm convert}. */
@Command(
    name = "convert",
    description = "Converts litmus tests in C to the assembly of an architecture.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all were converted",
      "2:usage error, or a test has what the mapping has no instructions for",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm convert docs/litmus/MP.litmus --to aarch64",
      "  ./lazymm convert docs/litmus --to ppc --out converted",
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Tests in C, or folders of them.")
  private List<Path> files = List.of();

  @Option(
      names = "--to",
      paramLabel = "NAME",
      required = true,
      description = "aarch64, ppc, riscv, x86, another mapping or its file.")
  private String to = "";

  @Option(names = "--macros", paramLabel = "FILE", description = "A .def file.")
  private @Nullable Path macros;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the tests there, each named as its source.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Target target = target();
    Macros defined = macros();
    int failed = 0;
    for (Path file : LitmusFiles.found(files)) {
      try {
        show(file, target.convert(Source.read(file), defined).text());
      } catch (LitmusException e) {
        spec.commandLine().getErr().println("lazymm: " + e.getMessage());
        failed++;
      } catch (IOException e) {
        throw UserError.unreadable(file.toString(), e);
      }
    }
    return failed == 0 ? Exit.HOLDS : Exit.USAGE;
  }

  private void show(Path file, String text) {
    if (out == null) {
      new Output(spec.commandLine().getOut()).print(text);
    } else {
      Path place = place(file, out);
      create(place.toAbsolutePath().getParent());
      OutFile.write(place, text);
    }
  }

  private static void create(@Nullable Path folder) {
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be made: " + e.getMessage(), e);
    }
  }

  /** {@return where a test is written: a folder's tests as they are in the folder} */
  private Path place(Path file, Path folder) {
    for (Path given : files) {
      if (Files.isDirectory(given) && file.startsWith(given)) {
        return folder.resolve(given.relativize(file));
      }
    }
    return folder.resolve(file.getFileName());
  }

  private Target target() {
    try {
      return Target.of(to).forHerd();
    } catch (LitmusException | MappingException e) {
      throw UserError.of(e);
    } catch (IOException e) {
      throw UserError.unreadable(to, e);
    }
  }

  private Macros macros() {
    if (macros == null) {
      return Macros.linux();
    }
    try {
      return Macros.parse(Source.read(macros));
    } catch (LitmusException e) {
      throw UserError.of(e);
    } catch (IOException e) {
      throw UserError.unreadable(macros.toString(), e);
    }
  }
}
