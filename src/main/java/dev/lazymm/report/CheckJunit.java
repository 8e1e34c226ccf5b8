package dev.lazymm.report;

import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Checks as a JUnit report, which build servers show: a suite a design on an architecture, a test
 * case a scenario, a failure where something is violated, an error where a bound was hit. Nothing
 * is timed: each time is 0, as readers want one.
 */
public final class CheckJunit {
  private final XMLStreamWriter xml;
  private final Commands commands;

  private CheckJunit(XMLStreamWriter xml, Commands commands) {
    this.xml = xml;
    this.commands = commands;
  }

  /** {@return the report, an XML document} */
  public static String of(List<Done> done, Commands commands) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new CheckJunit(xml, commands).suites(done);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private void suites(List<Done> done) throws XMLStreamException {
    Map<String, List<Done>> suites = new LinkedHashMap<>();
    for (Done d : done) {
      String name = d.result().design() + "." + d.result().arch();
      suites.computeIfAbsent(name, n -> new ArrayList<>()).add(d);
    }
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    attribute("name", "lazymm check");
    counts(done);
    for (Map.Entry<String, List<Done>> suite : suites.entrySet()) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testsuite");
      attribute("name", suite.getKey());
      counts(suite.getValue());
      for (Done d : suite.getValue()) {
        test(suite.getKey(), d);
      }
      xml.writeCharacters("\n  ");
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void counts(List<Done> done) throws XMLStreamException {
    attribute("tests", done.size() + "");
    attribute("failures", done.stream().filter(d -> !d.violations().isEmpty()).count() + "");
    attribute("errors", done.stream().filter(Done::inconclusive).count() + "");
    attribute("skipped", "0");
    attribute("time", "0");
  }

  private void test(String suite, Done d) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute("classname", suite);
    attribute("name", d.job().spelled());
    attribute("time", "0");
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
    xml.writeEndElement();
  }

  private void problem(String element, String type, String message, String body)
      throws XMLStreamException {
    xml.writeStartElement(element);
    attribute("type", type);
    attribute("message", message);
    xml.writeCharacters("\n" + lines(body) + "\n");
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, lines(value));
  }

  private static String lines(String text) {
    return String.join("\n", text.lines().map(Text::ascii).toList());
  }
}
