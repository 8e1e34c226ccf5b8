package dev.lazymm.review;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastArches;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.review.RegressionResult.Seen;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs {@link RegressionList}: each scenario with the bug and without it. */
public final class Regressions {
  private final ScenarioLibrary library;

  /**
   * @param library where the scenarios are looked up
   */
  public Regressions(ScenarioLibrary library) {
    this.library = library;
  }

  /** {@return the checks that these need, each once} */
  public List<Job> jobs(List<Regression> regressions) {
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (Regression regression : regressions) {
      for (Regression.Run run : regression.runs()) {
        for (String model : run.models()) {
          put(jobs, before(regression.bug(), run, model));
          put(jobs, after(run, model));
        }
      }
    }
    return List.copyOf(jobs.values());
  }

  private static void put(Map<String, Job> jobs, Job job) {
    jobs.putIfAbsent(job.key(), job);
  }

  /**
   * {@return what became of each}
   *
   * @param done at least the checks of {@link #jobs}
   */
  public List<RegressionResult> judge(List<Regression> regressions, Collection<Done> done) {
    Map<String, Done> byKey = new LinkedHashMap<>();
    done.forEach(d -> byKey.put(d.job().key(), d));
    List<RegressionResult> results = new ArrayList<>();
    for (Regression regression : regressions) {
      List<Seen> seen = new ArrayList<>();
      for (Regression.Run run : regression.runs()) {
        for (String model : run.models()) {
          Done before = find(byKey, before(regression.bug(), run, model));
          seen.add(new Seen(run, before, find(byKey, after(run, model))));
        }
      }
      results.add(new RegressionResult(regression, seen));
    }
    return results;
  }

  private static Done find(Map<String, Done> byKey, Job job) {
    Done done = byKey.get(job.key());
    if (done == null) {
      throw new IllegalArgumentException("not checked: " + job.key());
    }
    return done;
  }

  private Job before(PastBug bug, Regression.Run run, String model) {
    return job(run, run.design(), run.arch(), model).with(bug.isPlain() ? null : bug);
  }

  private Job after(Regression.Run run, String model) {
    return job(run, run.goneWith(), run.goneOn(), model);
  }

  private Job job(Regression.Run run, String design, String arch, String model) {
    return new Job(
        Designs.find(design).orElseThrow(),
        arch(arch),
        library.find(run.scenario()),
        run.scenario(),
        Model.named(model));
  }

  private static Arches.Entry arch(String name) {
    return PastArches.find(name).orElseThrow(() -> new IllegalArgumentException(name));
  }
}
