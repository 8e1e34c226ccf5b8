package dev.lazymm.review;

import dev.lazymm.check.Model;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.history.PastBug;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command lines that show a result again, ready to be pasted into a POSIX shell. */
public final class Commands {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final List<String> how;

  /**
   * @param options how the checks are done; what is not the default becomes part of each command
   */
  public Commands(Checks.Options options) {
    Checks.Options defaults = Checks.Options.defaults();
    how = new ArrayList<>();
    if (options.maxExecutions() != defaults.maxExecutions()) {
      how.add("--max-executions");
      how.add(Long.toString(options.maxExecutions()));
    }
    if (!options.order().isEmpty()) {
      how.add("--order");
      how.add(options.order().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    if (options.orderedIncrements()) {
      how.add("--ordered-increments");
    }
    weaken(how, options.weakened());
  }

  private Commands(List<String> how) {
    this.how = how;
  }

  /** {@return the commands for the same with sites weakened} */
  Commands with(Weakenings weakened) {
    List<String> more = new ArrayList<>(how);
    weaken(more, weakened);
    return new Commands(more);
  }

  private static void weaken(List<String> words, Weakenings weakened) {
    weakened
        .forms()
        .forEach((site, form) -> words.addAll(List.of("--weaken", site + "=" + form.word())));
  }

  /** {@return the command that does one check again} */
  public String check(Job job) {
    return check(
        List.of(job.spelled()),
        List.of(job.design().spelled()),
        List.of(job.arch().name()),
        model(job),
        history(job));
  }

  /** {@return the command that does the checks of a part} */
  String check(CheckPart part) {
    return with(part.weakened())
        .check(
            part.scenarios().contains("*") ? List.of() : part.scenarios(),
            part.designs(),
            part.arches(),
            part.models(),
            part.history().isEmpty() ? List.of() : List.of(part.history()));
  }

  /** {@return the command that counts the same} */
  static String count(CountPart part) {
    List<String> words = new ArrayList<>(List.of("./lazymm", "count", part.episode().name()));
    option(words, "--design", part.designs());
    option(words, "--arch", part.arches());
    if (part.registered()) {
      words.add("--registered");
    }
    return join(words);
  }

  private String check(
      List<String> scenarios,
      List<String> designs,
      List<String> arches,
      List<String> models,
      List<String> history) {
    List<String> words = new ArrayList<>(List.of("./lazymm", "check"));
    option(words, "--scenario", scenarios);
    option(words, "--design", designs);
    option(words, "--arch", arches);
    option(words, "--history", history);
    option(words, "--model", models);
    words.addAll(how);
    return join(words);
  }

  /**
   * {@return the command that checks a kernel with sites weakened, all else as by default}
   *
   * @param scenario as a command line names it
   * @param design likewise
   * @param models the names of the memory models
   */
  public static String check(
      String scenario, String design, String arch, List<String> models, Weakenings weakened) {
    boolean usual = models.equals(List.of(Model.SC.name()));
    return new Commands(Checks.Options.defaults())
        .with(weakened)
        .check(
            List.of(scenario),
            List.of(design),
            List.of(arch),
            usual ? List.of() : models,
            List.of());
  }

  /** {@return the command that draws one counterexample again} */
  public String explain(Job job, String invariant) {
    List<String> words = of("explain", job);
    option(words, "--invariant", List.of(invariant));
    option(words, "--history", history(job));
    option(words, "--model", model(job));
    words.addAll(how);
    return join(words);
  }

  private static List<String> of(String verb, Job job) {
    List<String> words = new ArrayList<>(List.of("./lazymm", verb));
    option(words, "--scenario", List.of(job.spelled()));
    option(words, "--design", List.of(job.design().spelled()));
    option(words, "--arch", List.of(job.arch().name()));
    return words;
  }

  private static List<String> history(Job job) {
    PastBug bug = job.history();
    return bug == null ? List.of() : List.of(bug.id());
  }

  /**
   * {@return the command that makes litmus tests of one counterexample}
   *
   * @param languages in which; none for the default
   */
  public String export(Job job, String invariant, List<String> languages) {
    List<String> words = of("export", job);
    option(words, "--model", List.of(job.model().name()));
    option(words, "--invariant", List.of(invariant));
    option(words, "--history", history(job));
    option(words, "--to", languages);
    how.forEach(word -> words.add(word.equals("--weaken") ? "--barrier" : word));
    return join(words);
  }

  private static List<String> model(Job job) {
    return job.model() == Model.SC ? List.of() : List.of(job.model().name());
  }

  /**
   * {@return the command that simulates once more}
   *
   * @param of the words that name the scenario
   * @param machine the file of the machine; empty for the built-in one
   */
  public static String simulate(List<String> of, Job job, String machine, long seed) {
    List<String> words = new ArrayList<>(List.of("./lazymm", "simulate"));
    words.addAll(of);
    option(words, "--design", List.of(job.design().spelled()));
    option(words, "--arch", List.of(job.arch().name()));
    option(words, "--machine", machine.isEmpty() ? List.of() : List.of(machine));
    option(words, "--seed", List.of(Long.toString(seed)));
    return join(words);
  }

  private static void option(List<String> words, String option, List<String> values) {
    if (!values.isEmpty()) {
      words.add(option);
      words.add(String.join(",", values));
    }
  }

  /** {@return a command line of these words, each quoted where a shell would take it apart} */
  public static String join(List<String> words) {
    return words.stream().map(Commands::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
