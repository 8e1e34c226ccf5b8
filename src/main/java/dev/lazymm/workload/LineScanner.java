package dev.lazymm.workload;

import java.util.function.Predicate;

/** Reads one line of scenario text from left to right. A {@code #} ends the line. */
final class LineScanner {
  private final String file;
  private final int line;
  private final String text;
  private int at;

  LineScanner(String file, int line, String text) {
    this.file = file;
    this.line = line;
    this.text = text;
  }

  /** {@return the column of the next word or sign, from 1} */
  int column() {
    skipSpace();
    return at + 1;
  }

  int line() {
    return line;
  }

  String text() {
    return text;
  }

  /** {@return whether nothing but a comment follows} */
  boolean atEnd() {
    skipSpace();
    return at == text.length() || text.charAt(at) == '#';
  }

  /** {@return whether the next sign is {@code sign}; it is not taken} */
  boolean sees(char sign) {
    return !atEnd() && text.charAt(at) == sign;
  }

  /** {@return whether the next sign is {@code sign}, and takes it} */
  boolean takes(char sign) {
    if (sees(sign)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char sign, String expected) {
    if (!takes(sign)) {
      throw wrong(column(), expected);
    }
  }

  /** {@return whether a word comes next} */
  boolean seesWord() {
    return !atEnd() && isWordStart(text.charAt(at));
  }

  /** {@return whether a number comes next} */
  boolean seesNumber() {
    return !atEnd() && endOfNumber() > at;
  }

  /** {@return the next word: letters, digits, _ and - inside, beginning with a letter or _} */
  String word(String expected) {
    if (!seesWord()) {
      throw wrong(column(), expected);
    }
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** {@return the next word, if it is one of a kind} */
  String word(Predicate<String> good, String expected) {
    int column = column();
    String word = word(expected);
    if (!good.test(word)) {
      throw error(column, "\"" + word + "\" is not one", expected);
    }
    return word;
  }

  /** {@return the word that comes next, without taking it; empty if none does} */
  String peekWord() {
    if (!seesWord()) {
      return "";
    }
    int start = at;
    String word = word("a word");
    at = start;
    return word;
  }

  long number(String expected) {
    if (!seesNumber()) {
      throw wrong(column(), expected);
    }
    int column = column();
    String digits = text.substring(at, endOfNumber());
    try {
      long value = Long.parseLong(digits);
      at += digits.length();
      return value;
    } catch (NumberFormatException e) {
      ScenarioException error = error(column, digits + " is out of range", expected);
      error.initCause(e);
      throw error;
    }
  }

  /** {@return a small number such as that of a CPU} */
  int index(String expected) {
    int column = column();
    long value = number(expected);
    if (value < 0 || value > 9999) {
      throw error(column, value + " is out of range", expected);
    }
    return (int) value;
  }

  /** {@return all the rest of the line as it stands, without space around it} */
  String rest() {
    String rest = text.substring(at).strip();
    at = text.length();
    return rest;
  }

  void expectEnd(String expected) {
    if (!atEnd()) {
      throw wrong(column(), expected);
    }
  }

  ScenarioException error(int column, String what, String expected) {
    return new ScenarioException(file, line, column, text, what, expected);
  }

  private ScenarioException wrong(int column, String expected) {
    if (atEnd()) {
      return error(column, "the line ends too early", expected);
    }
    String found = seesWord() ? peekWord() : Character.toString(text.codePointAt(at));
    return error(column, "\"" + found + "\" does not belong here", expected);
  }

  private int endOfNumber() {
    int end = at;
    if (end < text.length() && text.charAt(end) == '-') {
      end++;
    }
    int digits = end;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end == digits ? at : end;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == '-';
  }
}
