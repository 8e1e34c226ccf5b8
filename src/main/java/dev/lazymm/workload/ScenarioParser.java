package dev.lazymm.workload;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.MembarrierCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scenarios in their text form, which docs/scenarios.md describes. */
public final class ScenarioParser {
  private static final List<String> KEYWORDS =
      List.of("scenario", "about", "start", "cpu", "exists", "never", "always");

  private final Set<String> arches = new HashSet<>();
  private final Set<String> designs = new HashSet<>();
  private final List<Scenario> scenarios = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable Draft draft;

  private ScenarioParser(Collection<String> moreDesigns) {
    Arches.ALL.forEach(a -> arches.add(a.name()));
    Designs.ALL.forEach(d -> designs.add(d.name()));
    designs.addAll(moreDesigns);
  }

  /**
   * {@return the scenarios in {@code text}, in order}
   *
   * @param file what messages call the text
   * @throws ScenarioException if anything in it is wrong
   */
  public static List<Scenario> parse(String file, String text) {
    return parse(file, text, List.of());
  }

  /**
   * {@return the scenarios in {@code text}, in order}
   *
   * @param file what messages call the text
   * @param moreDesigns names of designs, besides the built-in ones, that conditions may speak of
   * @throws ScenarioException if anything in it is wrong
   */
  public static List<Scenario> parse(String file, String text, Collection<String> moreDesigns) {
    ScenarioParser parser = new ScenarioParser(moreDesigns);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      LineScanner in = new LineScanner(file, i + 1, lines.get(i));
      if (!in.atEnd()) {
        parser.line(in);
      }
    }
    parser.finish();
    return List.copyOf(parser.scenarios);
  }

  /** One scenario under construction, with the place of each of its parts in the text. */
  private static final class Draft {
    final LineScanner head;
    final int column;
    final String name;
    final String title;
    final List<String> about = new ArrayList<>();
    final Map<Integer, Scenario.CpuLine> cpus = new HashMap<>();
    final Map<Integer, LineScanner> cpuLines = new HashMap<>();
    final List<Scenario.Reference> references = new ArrayList<>();
    final List<Scenario.Registration> registrations = new ArrayList<>();
    final List<Expectation> expectations = new ArrayList<>();
    final Map<Place, Spot> spots = new HashMap<>();

    Draft(LineScanner head, int column, String name, String title) {
      this.head = head;
      this.column = column;
      this.name = name;
      this.title = title;
    }
  }

  private record Spot(LineScanner line, int column) {}

  private void line(LineScanner in) {
    String expected = "one of " + String.join(", ", KEYWORDS);
    int column = in.column();
    String keyword = in.word(expected);
    if (keyword.equals("scenario")) {
      finish();
      draft = scenario(in);
      return;
    }
    if (!KEYWORDS.contains(keyword)) {
      String near =
          Suggestion.near(keyword, KEYWORDS).map(w -> "; did you mean \"" + w + "\"?").orElse("");
      throw in.error(column, "no line begins with \"" + keyword + "\"", expected + near);
    }
    Draft d = draft;
    if (d == null) {
      throw in.error(column, keyword + " before any scenario", "scenario NAME: TITLE");
    }
    switch (keyword) {
      case "about" -> {
        in.expect(':', ":");
        d.about.add(text(in));
      }
      case "start" -> start(in, d);
      case "cpu" -> cpu(in, d);
      case "exists" -> expectation(in, d, Expectation.Kind.EXISTS);
      case "never" -> expectation(in, d, Expectation.Kind.NEVER);
      case "always" -> expectation(in, d, Expectation.Kind.ALWAYS);
      default -> throw new AssertionError(keyword);
    }
  }

  private Draft scenario(LineScanner in) {
    int column = in.column();
    String expected = "a new name of small letters, digits and single dashes";
    String name = in.word(Names::isScenario, expected);
    if (!names.add(name)) {
      throw in.error(column, "there is a scenario \"" + name + "\" before this one", expected);
    }
    in.expect(':', ": and a title");
    return new Draft(in, column, name, text(in));
  }

  private static String text(LineScanner in) {
    int column = in.column();
    String text = in.rest();
    if (text.isEmpty()) {
      throw in.error(column, "the line ends too early", "a line of text");
    }
    return text;
  }

  private static void start(LineScanner in, Draft d) {
    String expected =
        "start: cpu N pins A, start: cpu N gets A, or start: A register-private-expedited";
    in.expect(':', ":");
    if (Names.isMm(in.peekWord())) {
      registration(in, d);
      return;
    }
    d.spots.put(Place.reference(d.references.size()), new Spot(in, in.column()));
    in.word("cpu"::equals, expected);
    int cpu = in.index("the number of a CPU");
    boolean user = in.word(w -> w.equals("pins") || w.equals("gets"), expected).equals("gets");
    String mm = in.word(Names::isMm, "an mm: one capital letter");
    in.expectEnd("the end of the line");
    d.references.add(new Scenario.Reference(cpu, user, mm));
  }

  private static void registration(LineScanner in, Draft d) {
    d.spots.put(Place.registration(d.registrations.size()), new Spot(in, in.column()));
    String mm = in.word("an mm");
    int column = in.column();
    MembarrierCommand command = ActionParser.command(in);
    if (!command.registers()) {
      throw in.error(column, command.word() + " registers nothing", "a register- command");
    }
    in.expectEnd("the end of the line");
    d.registrations.add(new Scenario.Registration(mm, command));
  }

  private static void cpu(LineScanner in, Draft d) {
    int column = in.column();
    int cpu = in.index("the number of a CPU");
    in.expect(':', ":");
    String running = null;
    if (in.takes('(')) {
      d.spots.put(Place.running(cpu), new Spot(in, in.column()));
      running = in.word(Names::isTask, "the task that runs here at the start: A1 or k1");
      in.expect(')', ")");
    }
    List<Action> actions = List.of();
    if (!in.atEnd()) {
      ActionParser parser =
          new ActionParser(in, (n, at) -> d.spots.put(Place.action(cpu, n), new Spot(in, at)));
      actions = parser.actions(false);
      in.expectEnd("; and an action, or the end of the line");
    }
    if (d.cpus.put(cpu, new Scenario.CpuLine(running, actions)) != null) {
      throw in.error(column, "there is a line for cpu " + cpu + " before", "one line a CPU");
    }
    d.cpuLines.put(cpu, in);
    d.spots.put(Place.action(cpu, -1), new Spot(in, column));
  }

  private void expectation(LineScanner in, Draft d, Expectation.Kind kind) {
    List<String> on = List.of();
    List<String> with = List.of();
    if (in.peekWord().equals("on")) {
      in.word("on");
      on = names(in, arches, "architecture");
    }
    if (in.peekWord().equals("with")) {
      in.word("with");
      with = names(in, designs, "design");
    }
    in.expect(':', ":, or on ARCHITECTURE, or with DESIGN");
    int index = d.expectations.size();
    ConditionParser parser =
        new ConditionParser(in, (n, at) -> d.spots.put(Place.atom(index, n), new Spot(in, at)));
    Condition condition = parser.condition();
    in.expectEnd("&, | or the end of the line");
    d.expectations.add(new Expectation(kind, on, with, condition));
  }

  private static List<String> names(LineScanner in, Set<String> known, String what) {
    List<String> names = new ArrayList<>();
    String expected = "one of " + String.join(", ", known.stream().sorted().toList());
    do {
      int column = in.column();
      String name = in.word(expected);
      if (!known.contains(name)) {
        String near =
            Suggestion.near(name, known).map(w -> "; did you mean \"" + w + "\"?").orElse("");
        throw in.error(column, "there is no " + what + " \"" + name + "\"", expected + near);
      }
      names.add(name);
    } while (in.takes(','));
    return names;
  }

  private void finish() {
    Draft d = draft;
    if (d == null) {
      return;
    }
    if (d.cpus.isEmpty()) {
      throw d.head.error(d.column, "a scenario without a CPU", "a line cpu 0: ...");
    }
    List<Scenario.CpuLine> cpus = new ArrayList<>();
    int last = d.cpus.keySet().stream().max(Integer::compare).orElseThrow();
    for (int i = 0; i <= last; i++) {
      Scenario.CpuLine line = d.cpus.get(i);
      if (line == null) {
        Spot spot = d.spots.getOrDefault(Place.action(last, -1), new Spot(d.head, d.column));
        throw spot.line.error(spot.column, "there is no line for cpu " + i, "CPUs from 0, no gap");
      }
      cpus.add(line);
    }
    Scenario scenario =
        new Scenario(d.name, d.title, d.about, cpus, d.references, d.registrations, d.expectations);
    try {
      Outline.of(scenario);
    } catch (InvalidScenarioException e) {
      Spot spot = d.spots.getOrDefault(e.place(), new Spot(d.head, d.column));
      ScenarioException error = spot.line.error(spot.column, e.what(), e.expected());
      error.initCause(e);
      throw error;
    }
    scenarios.add(scenario);
  }
}
