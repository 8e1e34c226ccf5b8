package dev.lazymm.report;

import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Checks as a JUnit report, which build servers show: a suite a design on an architecture under a
 * model, a test case a scenario, a failure where something is violated, an error where a bound was
 * hit. Nothing is timed: each time is 0, as readers want one.
 */
public final class CheckJunit {
  private final JunitXml xml;
  private final Commands commands;

  private CheckJunit(JunitXml xml, Commands commands) {
    this.xml = xml;
    this.commands = commands;
  }

  /** {@return the report, an XML document} */
  public static String of(List<Done> done, Commands commands) {
    return JunitXml.document(xml -> new CheckJunit(xml, commands).suites(done));
  }

  private void suites(List<Done> done) throws XMLStreamException {
    Map<String, List<Done>> suites = new LinkedHashMap<>();
    for (Done d : done) {
      String name = suite(d);
      suites.computeIfAbsent(name, n -> new ArrayList<>()).add(d);
    }
    xml.startLine(0, "testsuites");
    xml.attribute("name", "lazymm check");
    counts(done);
    for (Map.Entry<String, List<Done>> suite : suites.entrySet()) {
      xml.startLine(2, "testsuite");
      xml.attribute("name", suite.getKey());
      counts(suite.getValue());
      for (Done d : suite.getValue()) {
        test(suite.getKey(), d);
      }
      xml.endLine(2);
    }
    xml.endLine(0);
  }

  private static String suite(Done d) {
    String kernel = d.result().design() + "." + d.on();
    return d.job().model() == Model.SC ? kernel : kernel + "." + d.result().model();
  }

  private void counts(List<Done> done) throws XMLStreamException {
    xml.attribute("tests", done.size() + "");
    xml.attribute("failures", done.stream().filter(d -> !d.violations().isEmpty()).count() + "");
    xml.attribute("errors", done.stream().filter(Done::inconclusive).count() + "");
    xml.attribute("skipped", "0");
    xml.attribute("time", "0");
  }

  private void test(String suite, Done d) throws XMLStreamException {
    xml.startLine(4, "testcase");
    xml.attribute("classname", suite);
    xml.attribute("name", d.job().spelled());
    xml.attribute("time", "0");
    if (d.result().verdict() instanceof Verdict.Inconclusive(String why)) {
      problem("error", "inconclusive", why, commands.check(d.job()));
    } else if (!d.violations().isEmpty()) {
      Violation first = d.violations().getFirst();
      problem(
          "failure",
          first.invariant(),
          first.invariant() + " violated: " + first.what(),
          new CheckText(commands).counterexample(d));
    }
    xml.end();
  }

  private void problem(String element, String type, String message, String body)
      throws XMLStreamException {
    xml.start(element);
    xml.attribute("type", type);
    xml.attribute("message", message);
    xml.lines(body);
    xml.end();
  }
}
