package dev.lazymm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bug of ours: one line for the user, the stack trace in a file for the report. */
final class Bug {

  private Bug() {}

  static int report(Throwable bug, String[] args, PrintWriter err) {
    err.println("lazymm: internal error (" + bug + "), please report it with " + save(bug, args));
    return Exit.INTERNAL;
  }

  private static String save(Throwable bug, String[] args) {
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    writer.println("lazymm " + Version.lazymm());
    writer.println("JDK " + Version.jdk());
    writer.println("arguments: " + String.join(" ", args));
    bug.printStackTrace(writer);
    try {
      Path file = Files.createTempFile("lazymm-error-", ".txt");
      return Files.writeString(file, text.toString()).toString();
    } catch (IOException e) {
      return "this:" + System.lineSeparator() + text;
    }
  }
}
