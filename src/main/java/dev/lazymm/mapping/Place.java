package dev.lazymm.mapping;

import java.util.List;

/**
 * A place in a mapping's file.
 *
 * @param file what errors call it
 * @param lines what is in it
 * @param line from 1
 * @param column from 1
 */
record Place(String file, List<String> lines, int line, int column) {
  MappingException error(String what, String expected) {
    String shown = line <= lines.size() ? lines.get(line - 1) : "";
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      caret.append(i < shown.length() && shown.charAt(i) == '\t' ? '\t' : ' ');
    }
    return new MappingException(
        "%s:%d:%d: %s%n  %s%n  %s^%n  expected %s"
            .formatted(file, line, column, what, shown, caret, expected));
  }
}
