package dev.lazymm.report;

import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Outcome;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Litmus results as a JUnit report, which build servers show: a test case a test, a failure where
 * it is not as expected, an error where the test is at fault or its time was up, skipped where a
 * loop leaves it open.
 */
public final class LitmusJunit {
  private final XMLStreamWriter xml;

  private LitmusJunit(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * {@return the report, an XML document}
   *
   * @param model by name
   */
  public static String of(List<Finding> findings, String model) {
    var text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new LitmusJunit(xml).suite(findings, model);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private void suite(List<Finding> findings, String model) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", "lazymm litmus, model " + model);
    attribute("tests", findings.size() + "");
    attribute("failures", count(findings, "failure"));
    attribute("errors", count(findings, "error"));
    attribute("skipped", count(findings, "skipped"));
    attribute("time", time(findings.stream().mapToDouble(f -> seconds(f.outcome())).sum()));
    for (Finding finding : findings) {
      xml.writeCharacters("\n  ");
      test(finding);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void test(Finding finding) throws XMLStreamException {
    Path file = finding.outcome().file();
    Path folder = file.getParent();
    xml.writeStartElement("testcase");
    attribute("classname", folder == null ? "." : folder.toString());
    attribute("name", String.valueOf(file.getFileName()));
    attribute("time", time(seconds(finding.outcome())));
    String bad = problem(finding);
    if (!bad.isEmpty()) {
      xml.writeStartElement(bad);
      attribute("type", finding.kind().name().toLowerCase(Locale.ROOT));
      attribute("message", message(finding));
      xml.writeEndElement();
    }
    xml.writeEndElement();
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

  private void attribute(String name, String value) throws XMLStreamException {
    String lines = value.lines().map(Text::ascii).reduce((a, b) -> a + "\n" + b).orElse("");
    xml.writeAttribute(name, lines);
  }
}
