package dev.lazymm.trace;

import java.nio.charset.StandardCharsets;

/**
 * A recording that cannot be read: the user's file is at fault, not the program.
 *
 * <p>The message is complete and ready to be shown: place, what is wrong, what was expected, and
 * the offending line with a caret.
 *
 * <pre>{@code
 * boot.trace.txt:17:102: the number after " next_pid=" is missing
 *   ...prev_state=S ==> next_comm=wl next_pid= next_prio=120
 *                                            ^
 *   expected: a decimal number
 * }</pre>
 *
 * <p>Line and column count from 1; the column counts characters. Line 0 means that the fault is
 * with the file as a whole, column 0 that it is with the whole line.
 */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BEFORE = 60;
  private static final int SHOWN_AFTER = 50;

  private final String file;
  private final long line;
  private final int column;
  private final String problem;
  private final String expected;

  private TraceFormatException(
      String file, long line, int column, String problem, String expected, String picture) {
    super(message(file, line, column, problem, expected, picture));
    this.file = file;
    this.line = line;
    this.column = column;
    this.problem = problem;
    this.expected = expected;
  }

  /** A fault of the file as a whole, for example an empty one. */
  static TraceFormatException ofFile(String file, String problem, String expected) {
    return new TraceFormatException(file, 0, 0, problem, expected, "");
  }

  /** A fault after the given line: the text itself up to there is sound. */
  static TraceFormatException afterLine(String file, long line, String problem, String expected) {
    return new TraceFormatException(file, line, 0, problem, expected, "");
  }

  /** A fault inside a line, at byte {@code at} of {@code text[start, end)}. */
  static TraceFormatException inLine(
      String file,
      long line,
      byte[] text,
      int start,
      int end,
      int at,
      String problem,
      String expected) {
    int column = decode(text, start, at).length() + 1;
    String whole = decode(text, start, end);
    int from = column - 1 <= SHOWN_BEFORE ? 0 : column - 1 - SHOWN_BEFORE;
    int to = Math.min(whole.length(), column - 1 + SHOWN_AFTER);
    String lead = from > 0 ? "..." : "";
    String picture =
        "\n  "
            + lead
            + printable(whole.substring(from, to))
            + (to < whole.length() ? "..." : "")
            + "\n  "
            + " ".repeat(lead.length() + column - 1 - from)
            + "^";
    return new TraceFormatException(file, line, column, problem, expected, picture);
  }

  /** {@return the name of the file, as it was given to the reader} */
  public String file() {
    return file;
  }

  /** {@return the line, from 1; 0 for the file as a whole} */
  public long line() {
    return line;
  }

  /** {@return the column in characters, from 1; 0 for the whole line} */
  public int column() {
    return column;
  }

  /** {@return what is wrong, without the place} */
  public String problem() {
    return problem;
  }

  /** {@return what would have been right} */
  public String expected() {
    return expected;
  }

  /** {@return the complete message, of several lines} */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  private static String message(
      String file, long line, int column, String problem, String expected, String picture) {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (column > 0) {
      text.append(':').append(column);
    }
    text.append(": ").append(problem).append(picture);
    return text.append("\n  expected: ").append(expected).toString();
  }

  private static String decode(byte[] text, int from, int to) {
    return new String(text, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }

  /** One column a character, whatever is in the file: what cannot be shown becomes a dot. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? (c == '\t' ? ' ' : '.') : c);
    }
    return shown.toString();
  }
}
