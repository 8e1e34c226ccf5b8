package dev.lazymm.cli;

import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Job;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioLibrary.UnknownScenarioException;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds scenarios as the command line names them: {@code NAME} or {@code PREFIX*} of the library,
 * {@code FILE} for all scenarios of a file, {@code FILE:NAME} for one.
 */
final class Scenarios {
  private final ScenarioLibrary library = ScenarioLibrary.withRegressions();
  private final List<String> designs;

  /**
   * @param designs what is asked about; conditions in files may speak of these too
   */
  Scenarios(List<Designs.Entry> designs) {
    this.designs = designs.stream().map(Designs.Entry::name).toList();
  }

  /** {@return the scenarios, each once; the whole library if no name is given} */
  List<Job.Named> find(List<String> names) {
    if (names.isEmpty()) {
      return ScenarioLibrary.builtIn().list().stream().map(Job.Named::of).toList();
    }
    Set<Job.Named> found = new LinkedHashSet<>();
    names.forEach(name -> found.addAll(find(name)));
    return List.copyOf(found);
  }

  private List<Job.Named> find(String name) {
    if (name.endsWith("*")) {
      List<Scenario> some = library.startingWith(name.substring(0, name.length() - 1));
      if (some.isEmpty()) {
        throw new UserError("no scenario begins as \"" + name + "\" does. See ./lazymm list.");
      }
      return some.stream().map(Job.Named::of).toList();
    }
    try {
      return List.of(Job.Named.of(library.find(name)));
    } catch (UnknownScenarioException e) {
      return inFile(name, e);
    }
  }

  private List<Job.Named> inFile(String name, UnknownScenarioException unknown) {
    if (isFile(name)) {
      List<Job.Named> all = new ArrayList<>();
      for (Scenario s : parse(name)) {
        all.add(new Job.Named(s, name + ":" + s.name()));
      }
      if (all.isEmpty()) {
        throw new UserError(name + ": there is no scenario in it\n  expected scenario NAME: TITLE");
      }
      return all;
    }
    int colon = name.lastIndexOf(':');
    if (colon > 0 && isFile(name.substring(0, colon))) {
      Scenario one =
          new ScenarioLibrary(parse(name.substring(0, colon))).find(name.substring(colon + 1));
      return List.of(new Job.Named(one, name));
    }
    if (name.contains("/") || name.contains(".")) {
      throw new UserError(name + ": there is no such file, and no scenario of that name");
    }
    throw unknown;
  }

  private List<Scenario> parse(String file) {
    try {
      return ScenarioParser.parse(file, Files.readString(Path.of(file)), designs);
    } catch (IOException e) {
      throw UserError.unreadable(file, e);
    }
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
