package dev.lazymm.litmus;

/**
 * Blanks out comments: {@code (* nested *)} ones outside of the body, C's everywhere.
 *
 * <p>In a body of C, {@code (*} is no comment: {@code READ_ONCE(*x)}.
 */
public final class Comments {
  private final Source source;
  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int unclosed = -1;

  Comments(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** {@return a source with its C comments blanked out} */
  public static Source withoutCs(Source source) {
    return new Source(source.file(), new Comments(source).blankC(0), source.original());
  }

  /** {@return the index at which the last blanking stopped} */
  int end() {
    return at;
  }

  /**
   * {@return the text from an index to the first {@code stop} that is in no comment, braces or
   * string of the header, in its place among blanks}
   */
  String blankNested(int from, char stop) {
    start(from);
    int depth = 0;
    while (at < text.length() && (depth > 0 || stop == '\0' || text.charAt(at) != stop)) {
      if (text.startsWith("/\\", at) || text.startsWith("\\/", at)) {
        keep(2);
      } else if (text.startsWith("(*", at)) {
        nested();
      } else if (stop == '{') {
        keep(header());
      } else if (!cComment()) {
        char c = text.charAt(at);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        keep(1);
      }
    }
    if (unclosed >= 0) {
      throw unclosed();
    }
    return finish();
  }

  /**
   * {@return the text from an index on, without C's comments, in its place among blanks}
   *
   * @throws LitmusException if a comment never ends
   */
  String blankC(int from) {
    String blanked = blankAnyC(from);
    if (unclosed >= 0) {
      throw unclosed();
    }
    return blanked;
  }

  /** {@return the same, where a comment that never ends goes to the end} */
  String blankAnyC(int from) {
    start(from);
    while (at < text.length()) {
      if (!cComment()) {
        keep(1);
      }
    }
    return finish();
  }

  /** {@return whether the last blanking met a comment of C that never ends} */
  boolean isUnclosed() {
    return unclosed >= 0;
  }

  /** {@return what to throw about it} */
  LitmusException unclosed() {
    return source.error(unclosed, "this comment begins with /* and never ends");
  }

  /** {@return how long a header's string is that begins here, or else 1} */
  private int header() {
    if (text.charAt(at) != '"') {
      return 1;
    }
    int close = text.indexOf('"', at + 1);
    int end = text.indexOf('\n', at);
    return close > 0 && (close < end || end < 0) ? close - at + 1 : 1;
  }

  private void start(int from) {
    out.setLength(0);
    at = 0;
    unclosed = -1;
    blank(from);
  }

  private String finish() {
    int end = at;
    blank(text.length() - at);
    at = end;
    return out.toString();
  }

  private boolean cComment() {
    int end;
    if (text.startsWith("//", at)) {
      end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
    } else if (text.startsWith("/*", at)) {
      end = text.indexOf("*/", at + 2) + 2;
      if (end < 2) {
        unclosed = at;
        end = text.length();
      }
    } else {
      return false;
    }
    blank(end - at);
    return true;
  }

  private void nested() {
    int begin = at;
    int depth = 0;
    do {
      if (text.startsWith("(*", at)) {
        depth++;
        blank(2);
      } else if (text.startsWith("*)", at)) {
        depth--;
        blank(2);
      } else if (at < text.length()) {
        blank(1);
      } else {
        throw source.error(begin, "this comment begins with (* and never ends");
      }
    } while (depth > 0);
  }

  private void keep(int count) {
    out.append(text, at, at + count);
    at += count;
  }

  private void blank(int count) {
    int end = at + count;
    for (int line = line(end); line < end; line = line(end)) {
      out.repeat(' ', line - at).append('\n');
      at = line + 1;
    }
    out.repeat(' ', end - at);
    at = end;
  }

  /** {@return where the line ends, or {@code end} if that is before} */
  private int line(int end) {
    int line = text.indexOf('\n', at, end);
    return line < 0 ? end : line;
  }
}
