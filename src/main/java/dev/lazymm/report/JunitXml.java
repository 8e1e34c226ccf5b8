package dev.lazymm.report;

import java.io.StringWriter;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes reports that build servers read: XML in ASCII, an element of a report a line. */
final class JunitXml {
  /** What writes a report's elements. */
  @FunctionalInterface
  interface Body {
    void write(JunitXml xml) throws XMLStreamException;
  }

  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** {@return a whole document} */
  static String document(Body body) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      body.write(new JunitXml(xml));
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  /** Begins an element on a line of its own, so far from the left. */
  void startLine(int indent, String element) throws XMLStreamException {
    line(indent);
    start(element);
  }

  /** Begins an element where the last one ended. */
  void start(String element) throws XMLStreamException {
    xml.writeStartElement(element);
  }

  void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, ascii(value));
  }

  /** Writes text on lines of its own. */
  void lines(String text) throws XMLStreamException {
    xml.writeCharacters("\n" + ascii(text) + "\n");
  }

  /** Ends an element on a line of its own, so far from the left. */
  void endLine(int indent) throws XMLStreamException {
    line(indent);
    end();
  }

  /** Ends an element. */
  void end() throws XMLStreamException {
    xml.writeEndElement();
  }

  private void line(int indent) throws XMLStreamException {
    xml.writeCharacters("\n" + " ".repeat(indent));
  }

  private static String ascii(String text) {
    return text.lines().map(Text::ascii).collect(Collectors.joining("\n"));
  }
}
