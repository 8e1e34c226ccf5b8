package dev.lazymm.cli;

import java.io.PrintWriter;

/** Prints results, and notices at once when nobody reads them any more. */
final class Output {
  private final PrintWriter out;

  Output(PrintWriter out) {
    this.out = out;
  }

  /** Prints text that may already end its last line. */
  void print(String text) {
    if (!text.isEmpty()) {
      out.print(text.endsWith("\n") ? text : text + "\n");
      out.flush();
      if (out.checkError()) {
        throw new OutputClosed();
      }
    }
  }
}
