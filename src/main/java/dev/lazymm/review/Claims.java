package dev.lazymm.review;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Claims of the mails that began and went on with the argument, each run as checks and counts. A
 * claim comes out as expected if every part of it does.
 */
public final class Claims {
  private static final Set<String> QUICK =
      Set.of("E06", "E07", "E08", "E12", "E13", "E14", "E17");

  /** The claims that this version can run, and what is known of the others. */
  public static final List<Claim> ALL =
      Stream.of(LifetimeClaims.ALL, CostClaims.ALL)
          .flatMap(List::stream)
          .sorted((a, b) -> a.id().compareTo(b.id()))
          .toList();

  /** Those that a review runs as well; together they take a second. */
  public static final List<Claim> REVIEWED =
      ALL.stream().filter(c -> QUICK.contains(c.id())).toList();

  private final ScenarioLibrary library;
  private final CheckJudge checkJudge;
  private final CountJudge countJudge;

  /**
   * @param library where the scenarios are looked up
   * @param commands how commands are spelled
   */
  public Claims(ScenarioLibrary library, Commands commands) {
    this.library = library;
    checkJudge = new CheckJudge(commands);
    countJudge = new CountJudge();
  }

  /** {@return the checks that these claims need, each once} */
  public List<Job> jobs(List<Claim> claims) {
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (Claim claim : claims) {
      for (Part part : claim.parts()) {
        if (part instanceof CheckPart checks) {
          jobs(checks).forEach(job -> jobs.put(key(job), job));
        }
      }
    }
    return List.copyOf(jobs.values());
  }

  /**
   * {@return what became of each claim}
   *
   * @param done at least the checks of {@link #jobs}
   */
  public List<ClaimResult> judge(List<Claim> claims, Collection<Done> done) {
    Map<String, Done> byKey = new LinkedHashMap<>();
    done.forEach(d -> byKey.put(key(d.job()), d));
    return claims.stream()
        .map(c -> new ClaimResult(c, c.parts().stream().map(p -> judge(c, p, byKey)).toList()))
        .toList();
  }

  private PartResult judge(Claim claim, Part part, Map<String, Done> byKey) {
    return switch (part) {
      case CheckPart checks ->
          checkJudge.judge(checks, jobs(checks).stream().map(job -> find(byKey, job)).toList());
      case CountPart counts -> countJudge.judge(counts);
      case ReadPart reads -> countJudge.judge(reads, scenarios(reads.scenarios()), claim.id());
      case FactPart fact -> CountJudge.unjudged(fact);
    };
  }

  private static Done find(Map<String, Done> byKey, Job job) {
    Done done = byKey.get(key(job));
    if (done == null) {
      throw new IllegalArgumentException("not checked: " + key(job));
    }
    return done;
  }

  private List<Job> jobs(CheckPart part) {
    List<Designs.Entry> designs =
        part.designs().stream().map(n -> Designs.find(n).orElseThrow()).toList();
    List<Arches.Entry> arches =
        part.arches().isEmpty()
            ? Arches.USUAL
            : part.arches().stream().map(n -> Arches.find(n).orElseThrow()).toList();
    return Job.all(
        designs,
        arches,
        part.memoryModels(),
        scenarios(part.scenarios()).stream().map(Job.Named::of).toList());
  }

  private List<Scenario> scenarios(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                name.endsWith("*")
                    ? library.startingWith(name.substring(0, name.length() - 1)).stream()
                    : Stream.of(library.find(name)))
        .toList();
  }

  private static String key(Job job) {
    return String.join(
        " ", job.design().name(), job.arch().name(), job.model().name(), job.spelled());
  }
}
