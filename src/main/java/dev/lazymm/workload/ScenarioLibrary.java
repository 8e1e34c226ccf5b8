package dev.lazymm.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A set of scenarios that are found by name; {@link #builtIn} are those that come with lazymm. */
public final class ScenarioLibrary {
  private static final List<String> FILES =
      List.of(
          "switch",
          "lifetime",
          "tlb",
          "invlpgb",
          "exit",
          "e06",
          "e07",
          "e08",
          "e09",
          "e12",
          "e14",
          "hazard",
          "membarrier",
          "hotplug");

  private static final List<String> BESIDES = List.of("e02", "e03", "e15", "regressions");

  private final List<Scenario> scenarios;

  /** Makes a library of these scenarios; names must differ. */
  public ScenarioLibrary(List<Scenario> scenarios) {
    this.scenarios = List.copyOf(scenarios);
    if (scenarios.stream().map(Scenario::name).distinct().count() != scenarios.size()) {
      throw new IllegalArgumentException("two scenarios of one name");
    }
  }

  /** {@return the scenarios that come with lazymm} */
  public static ScenarioLibrary builtIn() {
    return of(FILES);
  }

  /**
   * {@return the same, and what the regressions and some claims need besides: found by name, and
   * part of nothing that is asked about the library}
   */
  public static ScenarioLibrary withRegressions() {
    List<String> files = new ArrayList<>(FILES);
    files.addAll(BESIDES);
    return of(files);
  }

  private static ScenarioLibrary of(List<String> files) {
    List<Scenario> all = new ArrayList<>();
    for (String file : files) {
      String name = file + ".scenarios";
      all.addAll(ScenarioParser.parse(name, resource(name)));
    }
    return new ScenarioLibrary(all);
  }

  /** {@return all scenarios, in the order of their files} */
  public List<Scenario> list() {
    return scenarios;
  }

  /** {@return the scenarios whose names begin with {@code prefix}, as {@code e07-}} */
  public List<Scenario> startingWith(String prefix) {
    return scenarios.stream().filter(s -> s.name().startsWith(prefix)).toList();
  }

  /**
   * {@return the scenario of that name}
   *
   * @throws UnknownScenarioException if there is none; it knows which names are near
   */
  public Scenario find(String name) {
    return scenarios.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownScenarioException(name, near(name)));
  }

  /** Names that begin alike are near too: somebody may have given half a name. */
  private List<String> near(String name) {
    List<String> names = scenarios.stream().map(Scenario::name).toList();
    List<String> near =
        names.stream()
            .filter(n -> !name.isEmpty() && n.startsWith(name))
            .limit(8)
            .collect(Collectors.toCollection(ArrayList::new));
    Suggestion.near(name, names).filter(n -> !near.contains(n)).ifPresent(near::add);
    return near;
  }

  private static String resource(String name) {
    try (InputStream in = ScenarioLibrary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " cannot be read", e);
    }
  }

  /** There is no scenario of that name; the message says which were perhaps meant. */
  public static final class UnknownScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String[] near;

    UnknownScenarioException(String name, List<String> near) {
      super(
          "there is no scenario \""
              + name
              + "\""
              + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
      this.name = name;
      this.near = near.toArray(String[]::new);
    }

    /** {@return the name that was asked for} */
    public String name() {
      return name;
    }

    /** {@return names that were perhaps meant} */
    public List<String> near() {
      return Arrays.asList(near);
    }
  }
}
