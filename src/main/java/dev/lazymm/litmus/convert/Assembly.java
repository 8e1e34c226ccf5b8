package dev.lazymm.litmus.convert;

import java.util.ArrayList;
import java.util.List;

/** A thread's lines while they are being written. */
final class Assembly {
  private final int thread;
  private final List<String> lines = new ArrayList<>();
  private int labels;

  Assembly(int thread) {
    this.thread = thread;
  }

  void add(String line) {
    lines.add(line);
  }

  void add(List<String> more) {
    lines.addAll(more);
  }

  /** {@return a label that nothing has yet} */
  String label() {
    return "LC%d%02d".formatted(thread, labels++);
  }

  /** Puts a label here. */
  void here(String label) {
    lines.add(label + ":");
  }

  /** {@return whether anything goes to a label} */
  boolean uses(String label) {
    return lines.stream().anyMatch(l -> l.endsWith(label));
  }

  List<String> lines() {
    return lines;
  }
}
