package dev.lazymm.cli;

import dev.lazymm.cat.CatException;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.mapping.MappingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds litmus tests, and what they are run with. */
final class LitmusFiles {
  private LitmusFiles() {}

  static int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** {@return the architecture that a model's file says that it is for; null if it says none} */
  static @Nullable String architecture(String model, List<Path> folders) {
    try {
      return Tools.architecture(model, folders).orElse(null);
    } catch (IOException e) {
      throw UserError.unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  static Tools tools(Request request, List<Input> tests) {
    try {
      Tools tools = Tools.load(request);
      tools.prepare(tests);
      return tools;
    } catch (LitmusException | CatException | MappingException e) {
      throw UserError.of(e);
    } catch (IOException e) {
      throw UserError.unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * {@return the files named; one whose own name begins with {@code @} is a list of them, a line
   * each, relative to the list's folder, as for herd7}
   */
  static List<Path> listed(List<String> names) {
    return listed(names, Set.of());
  }

  private static List<Path> listed(List<String> names, Set<Path> inside) {
    List<Path> all = new ArrayList<>();
    for (String name : names) {
      Path file = Path.of(name);
      String last = String.valueOf(file.getFileName());
      if (!last.startsWith("@")) {
        all.add(file);
      } else if (Files.exists(file)) {
        all.addAll(list(file, inside));
      } else {
        all.addAll(list(file.resolveSibling(last.substring(1)), inside));
      }
    }
    return all;
  }

  private static List<Path> list(Path list, Set<Path> inside) {
    Set<Path> lists = new HashSet<>(inside);
    if (!lists.add(list)) {
      throw new UserError(list + ": this list is in itself");
    }
    try {
      List<String> names =
          Files.readAllLines(list).stream()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .map(line -> list.resolveSibling(line).toString())
              .toList();
      return listed(names, lists);
    } catch (IOException e) {
      throw UserError.unreadable(list.toString(), e);
    }
  }

  /** {@return the files named, and all tests in the folders named, sorted} */
  static List<Path> found(List<Path> names) {
    List<Path> all = new ArrayList<>();
    for (Path name : names) {
      if (Files.isDirectory(name)) {
        try (Stream<Path> walk = Files.walk(name)) {
          walk.filter(p -> p.toString().endsWith(".litmus")).sorted().forEach(all::add);
        } catch (IOException e) {
          throw UserError.unreadable(name.toString(), e);
        } catch (UncheckedIOException e) {
          throw UserError.unreadable(name.toString(), new IOException(e.getMessage(), e));
        }
      } else {
        all.add(name);
      }
    }
    if (all.isEmpty()) {
      throw new UserError("no litmus test: there is no *.litmus in " + names);
    }
    return all;
  }

  /** Says what is wrong with a test, and what may go astray in it. */
  static void complain(Finding finding, PrintWriter err) {
    Stream.concat(Stream.of(finding.outcome()), finding.against().stream())
        .flatMap(o -> o.message().stream())
        .distinct()
        .forEach(message -> err.println("lazymm: " + message));
    strays(finding.outcome()).forEach(stray -> err.println("lazymm: WARNING: " + stray));
  }

  /** {@return what may go astray in a test, for stderr} */
  static List<String> strays(Outcome outcome) {
    return outcome instanceof Outcome.Judged j
        ? j.result().strays().stream()
            .map(stray -> "%s: %s; such executions are left out".formatted(j.file(), stray))
            .toList()
        : List.of();
  }
}
