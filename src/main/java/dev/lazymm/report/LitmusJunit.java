package dev.lazymm.report;

import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/**
 * Litmus results as a JUnit report, which build servers show: a test case a test, a failure where
 * it is not as expected, an error where the test is at fault or its time was up, skipped where a
 * loop leaves it open.
 */
public final class LitmusJunit {
  private final JunitXml xml;

  private LitmusJunit(JunitXml xml) {
    this.xml = xml;
  }

  /**
   * {@return the report, an XML document}
   *
   * @param model by name
   */
  public static String of(List<Finding> findings, String model) {
    return JunitXml.document(xml -> new LitmusJunit(xml).suite(findings, model));
  }

  private void suite(List<Finding> findings, String model) throws XMLStreamException {
    xml.startLine(0, "testsuite");
    xml.attribute("name", "lazymm litmus, model " + model);
    xml.attribute("tests", findings.size() + "");
    xml.attribute("failures", count(findings, "failure"));
    xml.attribute("errors", count(findings, "error"));
    xml.attribute("skipped", count(findings, "skipped"));
    xml.attribute("time", time(findings.stream().mapToDouble(f -> seconds(f.outcome())).sum()));
    for (Finding finding : findings) {
      test(finding);
    }
    xml.endLine(0);
  }

  private void test(Finding finding) throws XMLStreamException {
    Path file = finding.outcome().file();
    Path folder = file.getParent();
    xml.startLine(2, "testcase");
    xml.attribute("classname", folder == null ? "." : folder.toString());
    xml.attribute("name", String.valueOf(file.getFileName()));
    xml.attribute("time", time(seconds(finding.outcome())));
    String bad = problem(finding);
    if (!bad.isEmpty()) {
      xml.start(bad);
      xml.attribute("type", finding.kind().name().toLowerCase(Locale.ROOT));
      xml.attribute("message", message(finding));
      xml.end();
    }
    xml.end();
  }

  private static String problem(Finding finding) {
    return switch (finding.kind()) {
      case ERROR, TIMEOUT -> "error";
      case DISAGREES -> "failure";
      case AGREES, ALONE -> finding.isInconclusive() ? "skipped" : "";
    };
  }

  private static String message(Finding finding) {
    return switch (finding.kind()) {
      case ERROR ->
          finding
              .outcome()
              .message()
              .or(() -> finding.against().flatMap(Outcome::message))
              .orElse("");
      case TIMEOUT -> "timeout";
      case DISAGREES -> String.join("; ", finding.differences());
      case AGREES, ALONE -> "a loop was unrolled too seldom for an answer";
    };
  }

  private static String count(List<Finding> findings, String problem) {
    return findings.stream().filter(f -> problem(f).equals(problem)).count() + "";
  }

  private static double seconds(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> j.seconds();
      case Outcome.TimedOut t -> t.seconds();
      case Outcome.Failed _, Outcome.NotMapped _ -> 0;
    };
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
