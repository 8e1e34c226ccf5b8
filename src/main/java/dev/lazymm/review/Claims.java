package dev.lazymm.review;

import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Claims of the mails that began and went on with the argument, each run as checks and counts. A
 * claim comes out as expected if every part of it does.
 */
public final class Claims {
  private static final Set<String> QUICK = Set.of("E06", "E07", "E08", "E12", "E13", "E14", "E17");

  /** The claims that this version can run, and what is known of the others. */
  public static final List<Claim> ALL =
      Stream.of(MembarrierClaims.ALL, LifetimeClaims.ALL, RivalClaims.ALL, CostClaims.ALL)
          .flatMap(List::stream)
          .sorted((a, b) -> a.id().compareTo(b.id()))
          .toList();

  /** Those that a review runs as well; together they take a second. */
  public static final List<Claim> REVIEWED =
      ALL.stream().filter(c -> QUICK.contains(c.id())).toList();

  private final ScenarioLibrary library;
  private final ScenarioLibrary besides = ScenarioLibrary.withRegressions();
  private final CheckJudge checkJudge;
  private final CountJudge countJudge;

  /**
   * @param library what the whole library is, in a part about all of it
   * @param commands how commands are spelled
   */
  public Claims(ScenarioLibrary library, Commands commands) {
    this.library = library;
    checkJudge = new CheckJudge(commands);
    countJudge = new CountJudge();
  }

  /**
   * Does the checks that these claims need, each once, and judges them.
   *
   * @param checks does checks of kernels in which some sites are weakened
   */
  public List<ClaimResult> run(List<Claim> claims, Function<Weakenings, Checks> checks) {
    List<Done> done = new ArrayList<>();
    jobs(claims).forEach((weakened, jobs) -> done.addAll(checks.apply(weakened).run(jobs)));
    return judge(claims, done);
  }

  /** {@return the checks that these claims need, each once, by what is weakened in them} */
  Map<Weakenings, List<Job>> jobs(List<Claim> claims) {
    Map<Weakenings, Map<String, Job>> jobs = new LinkedHashMap<>();
    for (Claim claim : claims) {
      for (Part part : claim.parts()) {
        if (part instanceof CheckPart checks) {
          Map<String, Job> own =
              jobs.computeIfAbsent(checks.weakened(), w -> new LinkedHashMap<>());
          jobs(checks).forEach(job -> own.putIfAbsent(key(job, checks.weakened()), job));
        }
      }
    }
    Map<Weakenings, List<Job>> lists = new LinkedHashMap<>();
    jobs.forEach((weakened, byKey) -> lists.put(weakened, List.copyOf(byKey.values())));
    return lists;
  }

  /**
   * {@return what became of each claim}
   *
   * @param done at least the checks of {@link #jobs}
   */
  List<ClaimResult> judge(List<Claim> claims, Collection<Done> done) {
    Map<String, Done> byKey = new LinkedHashMap<>();
    done.forEach(d -> byKey.put(key(d.job(), d.result().weakened()), d));
    return claims.stream()
        .map(c -> new ClaimResult(c, c.parts().stream().map(p -> judge(c, p, byKey)).toList()))
        .toList();
  }

  private PartResult judge(Claim claim, Part part, Map<String, Done> byKey) {
    return switch (part) {
      case CheckPart checks ->
          checkJudge.judge(
              checks,
              jobs(checks).stream().map(job -> find(byKey, key(job, checks.weakened()))).toList());
      case CountPart counts -> countJudge.judge(counts);
      case ReadPart reads -> countJudge.judge(reads, scenarios(reads.scenarios()), claim.id());
      case ExtentPart extent -> countJudge.judge(extent, scenarios(extent.scenarios()), claim.id());
      case FactPart fact -> CountJudge.unjudged(fact);
    };
  }

  private static Done find(Map<String, Done> byKey, String key) {
    Done done = byKey.get(key);
    if (done == null) {
      throw new IllegalArgumentException("not checked: " + key);
    }
    return done;
  }

  private List<Job> jobs(CheckPart part) {
    List<Designs.Entry> designs = part.designs().stream().map(Claims::design).toList();
    List<Arches.Entry> arches =
        part.arches().isEmpty()
            ? Arches.USUAL
            : part.arches().stream().map(n -> Arches.find(n).orElseThrow()).toList();
    PastBug bug = PastBugs.find(part.history()).orElse(null);
    return Job.all(
            designs,
            arches,
            part.memoryModels(),
            scenarios(part.scenarios()).stream().map(Job.Named::of).toList())
        .stream()
        .map(job -> job.with(bug))
        .toList();
  }

  /** {@return a lifetime design by name, perhaps with a membarrier design: {@code a+b}} */
  static Designs.Entry design(String name) {
    int at = name.indexOf(Membarriers.SEPARATOR);
    return at < 0
        ? Designs.find(name).orElseThrow()
        : Designs.find(name.substring(0, at))
            .orElseThrow()
            .with(Membarriers.find(name.substring(at + 1)).orElseThrow());
  }

  private List<Scenario> scenarios(List<String> names) {
    return names.stream()
        .flatMap(name ->
            name.equals("*")
                ? library.list().stream()
                : name.endsWith("*")
                    ? besides.startingWith(name.substring(0, name.length() - 1)).stream()
                    : Stream.of(besides.find(name)))
        .toList();
  }

  private static String key(Job job, Weakenings weakened) {
    return job.key() + " " + weakened.text();
  }
}
