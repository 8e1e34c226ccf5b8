package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.c.Statement;
import java.util.ArrayList;
import java.util.List;

/** A thread's lines while they are being written. */
final class Assembly {
  private final int thread;
  private final List<String> lines = new ArrayList<>();
  private final List<Statement.At> places = new ArrayList<>();
  private Statement.At at = new Statement.At(0, "");
  private int labels;

  Assembly(int thread) {
    this.thread = thread;
  }

  /** Notes which statement of the test what is added from now on comes from. */
  void from(Statement.At statement) {
    at = statement;
  }

  void add(String line) {
    lines.add(line);
    places.add(at);
  }

  void add(List<String> more) {
    more.forEach(this::add);
  }

  /** {@return a label that nothing has yet} */
  String label() {
    return "LC%d%02d".formatted(thread, labels++);
  }

  /** Puts a label here. */
  void here(String label) {
    add(label + ":");
  }

  /** {@return whether anything goes to a label} */
  boolean uses(String label) {
    return lines.stream().anyMatch(l -> l.endsWith(label));
  }

  List<String> lines() {
    return lines;
  }

  /** {@return the statement of each line} */
  List<Statement.At> places() {
    return places;
  }
}
