package dev.lazymm.report;

import dev.lazymm.check.Act;
import dev.lazymm.check.Barrier;
import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Circle;
import dev.lazymm.check.Explained;
import dev.lazymm.check.Invariants;
import dev.lazymm.check.Model;
import dev.lazymm.check.Source;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Witness;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks as a SARIF document: a result a violation, at the line of kernel code that does the harm,
 * with the execution as a code flow of a thread a CPU; a result of kind {@code open} where a bound
 * was hit.
 */
public final class CheckSarif {
  /** The rule of checks that gave no answer. */
  static final String BOUND = "BOUND";

  private static final String ROOT = "SRCROOT";
  private static final String OURS = "dev.lazymm.";
  private static final String FOLDER = "src/main/java/";

  private final Commands commands;
  private final List<String> rules;

  private CheckSarif(Commands commands) {
    this.commands = commands;
    rules = new ArrayList<>(Invariants.names());
    rules.add(BOUND);
  }

  /**
   * {@return the document; it is to be written without nulls}
   *
   * @param version of lazymm
   */
  public static Sarif of(List<Done> done, Commands commands, String version) {
    CheckSarif sarif = new CheckSarif(commands);
    return sarif.document(done.stream().flatMap(d -> sarif.results(d).stream()).toList(), version);
  }

  /** {@return the document about one violation} */
  public static Sarif of(Done done, Violation v, Commands commands, String version) {
    CheckSarif sarif = new CheckSarif(commands);
    return sarif.document(List.of(sarif.result(done, v)), version);
  }

  private Sarif document(List<Sarif.Result> results, String version) {
    List<Sarif.Rule> described =
        rules.stream().map(id -> new Sarif.Rule(id, text(about(id)))).toList();
    String root = "The folder that holds lazymm's sources.";
    Sarif.Run run =
        new Sarif.Run(
            new Sarif.Tool(new Sarif.Driver("lazymm", version, described)),
            List.of(new Sarif.Invocation(true)),
            Map.of(ROOT, new Sarif.ArtifactLocation(null, null, text(root))),
            "utf16CodeUnits",
            results);
    return new Sarif(Sarif.SCHEMA, "2.1.0", List.of(run));
  }

  private static String about(String rule) {
    return switch (rule) {
      case BOUND -> "a bound was hit before there was an answer";
      case Invariants.OOPS -> "kernel code does not fail outright";
      case Invariants.HANG -> "every wait ends";
      case Invariants.NEVER -> "no execution ends as the scenario says that none does";
      case Invariants.ALWAYS -> "every execution ends as the scenario says that all do";
      case Invariants.EXISTS -> "some execution ends as the scenario says that one does";
      default -> Invariants.about(rule);
    };
  }

  private List<Sarif.Result> results(Done d) {
    if (d.result().verdict() instanceof Verdict.Inconclusive(String why)) {
      return List.of(result(d, BOUND, why, commands.check(d.job()), null));
    }
    return d.violations().stream().map(v -> result(d, v)).toList();
  }

  private Sarif.Result result(Done d, Violation v) {
    return result(d, v.invariant(), v.what(), commands.explain(d.job(), v.invariant()), v);
  }

  private Sarif.Result result(
      Done d, String rule, String what, String command, @Nullable Violation v) {
    String where = d.result().design() + " on " + d.on() + d.unusualModel();
    String scenario = d.job().spelled();
    Map<String, String> about = new TreeMap<>();
    about.put("arch", d.result().arch());
    about.put("command", command);
    about.put("design", d.result().design());
    about.put("model", d.model());
    about.put("scenario", scenario);
    List<Witness.Step> steps = v == null ? List.of() : v.witness().steps();
    List<Source> stack =
        steps.stream()
            .filter(Witness.Step::bad)
            .findFirst()
            .map(Witness.Step::stack)
            .orElse(List.of());
    List<Sarif.Location> related = v == null ? List.of() : related(v);
    return new Sarif.Result(
        rule,
        rules.indexOf(rule),
        v == null ? "open" : "fail",
        v == null ? "none" : "error",
        text(
            "%s: %s, scenario %s: %s. %s%s"
                .formatted(rule, where, scenario, what, prevented(v), command)),
        List.of(place(d, steps, stack)),
        related.isEmpty() ? null : related,
        steps.isEmpty() ? null : List.of(flow(steps, what)),
        stack.isEmpty() ? null : List.of(stack(stack)),
        Map.of("lazymm/v1", fingerprint(d, rule)),
        about);
  }

  /** {@return the sentence about barriers, as far as it was asked for} */
  private static String prevented(@Nullable Violation v) {
    Explained explained = v == null ? null : v.explained();
    if (explained == null) {
      return "";
    }
    String text = explained.prevention().text();
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ". ";
  }

  /** {@return the lines between which a barrier is missing, and those of the cycle} */
  private static List<Sarif.Location> related(Violation v) {
    List<Sarif.Location> related = new ArrayList<>();
    Explained explained = v.explained();
    if (explained != null) {
      for (List<Barrier> set : explained.prevention().barriers()) {
        for (Barrier barrier : set) {
          add(related, barrier.at(), "with " + barrier.text() + ", this is forbidden");
        }
      }
      Circle circle = explained.prevention().circle();
      List<Circle.Turn> turns = circle == null ? List.of() : circle.turns();
      for (int i = 0; i < turns.size(); i++) {
        String words = "the cycle, %d of %d: %s".formatted(i + 1, turns.size(), turns.get(i).act());
        add(related, turns.get(i).act(), words);
      }
    }
    return related;
  }

  private static void add(List<Sarif.Location> to, Act act, String words) {
    if (!act.stack().isEmpty()) {
      to.add(location(act.stack().getFirst(), words));
    }
  }

  private static String fingerprint(Done d, String rule) {
    CheckResult r = d.result();
    String kernel = r.design() + "/" + d.on() + "/";
    String model = d.job().model() == Model.SC ? "" : r.model() + "/";
    return kernel + model + d.job().spelled() + "/" + rule;
  }

  /** Where the harm is done; if no code does it, the last line before it; else the scenario. */
  private static Sarif.Location place(Done d, List<Witness.Step> steps, List<Source> harm) {
    if (!harm.isEmpty()) {
      return location(harm.getFirst(), null);
    }
    return steps.reversed().stream()
        .filter(step -> !step.stack().isEmpty())
        .findFirst()
        .map(step -> location(step.stack().getFirst(), null))
        .orElseGet(() -> ofScenario(d));
  }

  private static Sarif.Location ofScenario(Done d) {
    String name = d.result().scenario();
    return new Sarif.Location(
        null, List.of(new Sarif.LogicalLocation(name, d.job().spelled(), "scenario")), null);
  }

  private static Sarif.Location location(Source s, @Nullable String message) {
    String path = s.type().startsWith(OURS) ? FOLDER + s.path() : s.path();
    String name = s.type() + "." + s.method();
    return new Sarif.Location(
        new Sarif.PhysicalLocation(
            new Sarif.ArtifactLocation(path, ROOT, null), new Sarif.Region(s.line())),
        List.of(new Sarif.LogicalLocation(s.method(), name, "function")),
        message == null ? null : text(message));
  }

  private static Sarif.Stack stack(List<Source> lines) {
    return new Sarif.Stack(
        text("where it goes wrong"),
        lines.stream().map(s -> new Sarif.StackFrame(location(s, null))).toList());
  }

  private static Sarif.CodeFlow flow(List<Witness.Step> steps, String what) {
    Map<Integer, List<Sarif.ThreadFlowLocation>> cpus = new TreeMap<>();
    IntStream.range(0, steps.size())
        .forEach(i ->
            cpus.computeIfAbsent(steps.get(i).cpu(), cpu -> new ArrayList<>())
                .add(step(steps.get(i), i + 1)));
    List<Sarif.ThreadFlow> flows = new ArrayList<>();
    cpus.forEach((cpu, locations) -> flows.add(new Sarif.ThreadFlow("CPU " + cpu, locations)));
    return new Sarif.CodeFlow(text(what), flows);
  }

  private static Sarif.ThreadFlowLocation step(Witness.Step step, int order) {
    String doing = step.action().equals(step.step()) ? "" : step.action() + ": ";
    String cells = step.cells().isEmpty() ? "" : ": " + String.join("; ", step.cells());
    String words = "%d. CPU %d, %s%s%s".formatted(order, step.cpu(), doing, step.step(), cells);
    Sarif.Location location =
        step.stack().isEmpty()
            ? new Sarif.Location(null, null, text(words))
            : location(step.stack().getFirst(), words);
    return new Sarif.ThreadFlowLocation(location, order, step.bad() ? "essential" : "important");
  }

  private static Sarif.Message text(String words) {
    return new Sarif.Message(words);
  }
}
