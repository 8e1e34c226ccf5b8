package dev.lazymm.workload;

import java.util.List;
import java.util.stream.Collectors;

/** Writes scenarios in the text form, so that {@link ScenarioParser} reads the same back. */
public final class ScenarioWriter {
  private ScenarioWriter() {}

  /** {@return several scenarios as one file, with blank lines between them} */
  public static String write(List<Scenario> scenarios) {
    return scenarios.stream().map(ScenarioWriter::write).collect(Collectors.joining("\n"));
  }

  /** {@return the scenario in lines, each ended} */
  public static String write(Scenario scenario) {
    StringBuilder out = new StringBuilder();
    line(out, "scenario " + scenario.name(), scenario.title());
    for (String about : scenario.about()) {
      line(out, "about", about);
    }
    for (Scenario.Reference reference : scenario.references()) {
      String verb = reference.user() ? " gets " : " pins ";
      line(out, "start", "cpu " + reference.cpu() + verb + reference.mm());
    }
    for (Scenario.Registration registration : scenario.registrations()) {
      line(out, "start", registration.mm() + " " + registration.command().word());
    }
    for (int i = 0; i < scenario.cpus().size(); i++) {
      Scenario.CpuLine cpu = scenario.cpus().get(i);
      String running = cpu.running() == null ? "" : "(" + cpu.running() + ") ";
      line(out, "cpu " + i, (running + actions(cpu.actions())).strip());
    }
    for (Expectation expectation : scenario.expectations()) {
      String on = expectation.arches().isEmpty() ? "" : " on " + names(expectation.arches());
      String with = expectation.designs().isEmpty() ? "" : " with " + names(expectation.designs());
      line(out, expectation.kind().word() + on + with, write(expectation.condition()));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String head, String body) {
    out.append(head).append(body.isEmpty() ? ":" : ": ").append(body).append('\n');
  }

  private static String names(List<String> names) {
    return String.join(", ", names);
  }

  private static String actions(List<Action> actions) {
    return actions.stream().map(ScenarioWriter::write).collect(Collectors.joining("; "));
  }

  /** {@return an action in the text form} */
  public static String write(Action action) {
    return switch (action) {
      case Action.Run run -> "run " + run.task();
      case Action.Idle _ -> "idle";
      case Action.Exit _ -> "exit";
      case Action.Exec exec -> "exec " + exec.mm();
      case Action.Fork fork -> "fork " + fork.child();
      case Action.Clone clone -> "clone " + clone.child();
      case Action.Use use -> "use " + use.mm();
      case Action.Unuse _ -> "unuse";
      case Action.Pin pin -> "pin " + pin.mm();
      case Action.Unpin unpin -> "unpin " + unpin.mm();
      case Action.Get get -> "get " + get.mm();
      case Action.Put put -> "put " + put.mm();
      case Action.Munmap _ -> "munmap";
      case Action.Mprotect _ -> "mprotect";
      case Action.LeaveMm _ -> "leave-mm";
      case Action.Offline _ -> "offline";
      case Action.Online _ -> "online";
      case Action.Unplug unplug -> "unplug " + unplug.cpu();
      case Action.Plug plug -> "plug " + plug.cpu();
      case Action.Load load -> "load " + load.cell();
      case Action.Store store -> "store " + store.cell() + " " + store.value();
      case Action.Membarrier call ->
          "membarrier " + call.command().word() + (call.cpu() == null ? "" : " cpu " + call.cpu());
      case Action.RseqBegin _ -> "rseq-begin";
      case Action.RseqEnd _ -> "rseq-end";
      case Action.Preempted p ->
          write(p.action()) + " [" + p.point() + ": " + actions(p.nested()) + "]";
    };
  }

  /** {@return a condition in the text form} */
  public static String write(Condition condition) {
    return switch (condition) {
      case Condition.All all -> joined(all.of(), " & ");
      case Condition.Any any -> joined(any.of(), " | ");
      case Condition.Not(Condition.InMask in) -> in.cpu() + " not in mask(" + in.mm() + ")";
      case Condition.Not(Condition of) -> negated(of);
      case Condition.InMask in -> in.cpu() + " in mask(" + in.mm() + ")";
      case Condition.Freed freed -> "freed(" + freed.mm() + ")";
      case Condition.CpuIs _,
          Condition.Loaded _,
          Condition.Returned _,
          Condition.Count _,
          Condition.Users _,
          Condition.CellIs _ ->
          comparison(condition, " = ");
    };
  }

  private static String joined(List<Condition> of, String operator) {
    return of.stream()
        .map(c ->
            c instanceof Condition.All || c instanceof Condition.Any
                ? "(" + write(c) + ")"
                : write(c))
        .collect(Collectors.joining(operator));
  }

  private static String negated(Condition of) {
    return switch (of) {
      case Condition.All _, Condition.Any _, Condition.Not _ -> "!(" + write(of) + ")";
      case Condition.Freed _, Condition.InMask _ -> "!" + write(of);
      case Condition.CpuIs _,
          Condition.Loaded _,
          Condition.Returned _,
          Condition.Count _,
          Condition.Users _,
          Condition.CellIs _ ->
          comparison(of, " != ");
    };
  }

  private static String comparison(Condition atom, String operator) {
    return switch (atom) {
      case Condition.CpuIs is ->
          "cpu" + is.cpu() + "." + is.register().word() + operator + is.value();
      case Condition.Loaded loaded ->
          "cpu" + loaded.cpu() + ".r" + loaded.n() + operator + loaded.value();
      case Condition.Returned returned ->
          "cpu" + returned.cpu() + ".ret" + returned.n() + operator + returned.value();
      case Condition.Count count -> "count(" + count.mm() + ")" + operator + count.value();
      case Condition.Users users -> "users(" + users.mm() + ")" + operator + users.value();
      case Condition.CellIs is -> is.cell() + operator + is.value();
      case Condition.All _,
          Condition.Any _,
          Condition.Not _,
          Condition.InMask _,
          Condition.Freed _ ->
          throw new AssertionError("compares nothing");
    };
  }
}
