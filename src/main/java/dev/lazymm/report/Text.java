package dev.lazymm.report;

import java.util.ArrayList;
import java.util.List;

/** Plain ASCII that fits into a mail. */
public final class Text {
  /** How wide a line may be. */
  static final int WIDTH = 72;

  private Text() {}

  /** {@return {@code text} with everything that is not printable ASCII replaced} */
  static String ascii(String text) {
    return text.codePoints()
        .map(c -> c >= ' ' && c <= '~' ? c : c == '\t' ? ' ' : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** {@return {@code text} in lines of at most {@code width}, broken at spaces where possible} */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = ascii(text).strip();
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      if (at <= 0) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      } else {
        lines.add(rest.substring(0, at).stripTrailing());
        rest = rest.substring(at).strip();
      }
    }
    lines.add(rest);
    return lines;
  }

  /**
   * Adds {@code text} to {@code out} in lines that begin with {@code head} and, from the second on,
   * with as many spaces.
   */
  static void hang(StringBuilder out, String head, String text) {
    String start = head;
    for (String line : wrap(text, WIDTH - head.length())) {
      out.append((start + line).stripTrailing()).append('\n');
      start = " ".repeat(head.length());
    }
  }

  /** Adds a command, broken with backslashes where it is too long, so that it can be pasted. */
  public static void command(StringBuilder out, String indent, String command) {
    List<String> words = words(command);
    StringBuilder line = new StringBuilder(indent).append(words.getFirst());
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      boolean option = word.startsWith("--") && i + 1 < words.size();
      int needed = 1 + word.length() + (option ? 1 + words.get(i + 1).length() : 0);
      if (line.length() + needed + 2 > WIDTH && !words.get(i - 1).startsWith("--")) {
        out.append(line).append(" \\\n");
        line = new StringBuilder(indent).append("    ").append(word);
      } else {
        line.append(' ').append(word);
      }
    }
    out.append(line).append('\n');
  }

  /** The words of a command; what is quoted stays one. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      quoted ^= c == '\'';
      if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }
}
