package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks a test in C on both sides of each {@code if}, so that events tell what was asked. */
final class Branches {
  /** The tag of a mark. */
  static final String MARK = "branch";

  private static final String CALL = " branch_mark(); ";
  private static final Pattern IF = Pattern.compile("\\bif\\s*\\(");

  private Branches() {}

  /** {@return the kernel's macros and the mark} */
  static Macros macros() {
    try (InputStream in = Macros.class.getResourceAsStream("linux.def")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Macros.parse(
          Source.of("marked.def", text + "\nbranch_mark() { __fence{" + MARK + "}; }\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return a test with marks; lines stay what they are} */
  static String mark(String text) {
    StringBuilder out = new StringBuilder(text);
    int from = 0;
    for (Matcher m = IF.matcher(out); m.find(from); m = IF.matcher(out)) {
      int condition = close(out, m.end() - 1, '(', ')') + 1;
      int end = branch(out, condition);
      int next = skip(out, end);
      if (out.substring(next).startsWith("else")) {
        int otherwise = skip(out, next + 4);
        if (!out.substring(otherwise).startsWith("if")) {
          branch(out, otherwise);
        }
      } else {
        out.insert(end, " else {" + CALL + "}");
      }
      from = m.end();
    }
    return out.toString();
  }

  /** Marks a statement, and {@return the index after it} */
  private static int branch(StringBuilder out, int from) {
    int start = skip(out, from);
    if (out.charAt(start) == '{') {
      out.insert(start + 1, CALL);
      return close(out, start, '{', '}') + 1;
    }
    int end = out.indexOf(";", start) + 1;
    out.insert(end, " }");
    out.insert(start, "{" + CALL);
    return end + 1 + CALL.length() + 2;
  }

  private static int skip(StringBuilder out, int from) {
    int at = from;
    while (Character.isWhitespace(out.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int close(StringBuilder out, int open, char opens, char closes) {
    int depth = 0;
    for (int i = open; ; i++) {
      depth += out.charAt(i) == opens ? 1 : out.charAt(i) == closes ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
  }
}
