package dev.lazymm.report;

import dev.lazymm.check.Violation;
import dev.lazymm.export.Exported;
import dev.lazymm.review.Done;
import java.util.List;

/**
 * What {@code export --json} writes.
 *
 * @param tests each with what it shows under the model of its language
 */
public record ExportJson(
    int schemaVersion,
    String design,
    String arch,
    String model,
    String scenario,
    String invariant,
    String what,
    String about,
    List<Exported.Test> tests) {
  public ExportJson {
    tests = List.copyOf(tests);
  }

  /** {@return the document about the tests of one counterexample} */
  public static ExportJson of(Exported.Tests tests, Done done, Violation v) {
    return new ExportJson(
        Json.SCHEMA_VERSION,
        done.result().design(),
        done.result().arch(),
        done.result().model(),
        done.result().scenario(),
        v.invariant(),
        v.what(),
        tests.about(),
        tests.tests());
  }
}
