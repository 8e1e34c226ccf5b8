package dev.lazymm.litmus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four parts of a test file: header, initial state, body, condition.
 *
 * <p>Comments are written differently in the body than elsewhere, so the parts are told apart
 * first. In each part they are blanked out, as is all of the file outside of it: what parses a part
 * knows nothing of comments, and places stay what they are in the file.
 *
 * @param arch the first word of the file
 * @param name the rest of the first line, up to a blank
 * @param init between the braces
 * @param body the threads
 * @param condition from {@code locations}, {@code filter} or the quantifier to the end, without the
 *     {@code << >>} blocks that old tests have there
 */
public record Sections(String arch, String name, Source init, Source body, Source condition) {
  private static final Pattern CONDITION =
      Pattern.compile(
          "(?<![\\w~])(locations\\b|filter\\b|~\\s*exists\\b|exists\\b|forall\\b|final\\b(?!\\s*[,)]))");

  /** What old tests say to tools that draw pictures. */
  private static final String OPEN = "<<";

  private static final String CLOSE = ">>";

  /** {@return the parts of a file} */
  public static Sections of(Source source) {
    String text = source.text();
    if (text.isBlank()) {
      throw new LitmusException(source.file(), "is empty");
    }
    var comments = new Comments(source);
    String outside = comments.blankNested(0, '{');
    int first = text.length() - text.stripLeading().length();
    String[] header = outside.substring(first).split("\n", 2)[0].strip().split("[ \t]+", 3);
    if (header.length < 2) {
      throw source.error(
          first, "expected the test's language and name on the first line, as in: C name");
    }
    int open = comments.end();
    if (open >= text.length()) {
      throw source.error(
          text.stripTrailing().length(), "expected { and the initial state, found no brace");
    }
    String init = comments.blankNested(open + 1, '}');
    int close = comments.end();
    if (close >= text.length()) {
      throw source.error(open, "the initial state begins here and its } is missing");
    }
    return rest(source, header, new Source(source.file(), init, text), close + 1);
  }

  private static Sections rest(Source source, String[] header, Source init, int from) {
    String text = source.text();
    var comments = new Comments(source);
    // What ends the file has comments of its own; assembly has those of the header.
    String body =
        header[0].equals("C") ? comments.blankAnyC(from) : comments.blankNested(from, '\0');
    Matcher condition = CONDITION.matcher(body).region(from, body.length());
    int depth = 0;
    int seen = from;
    while (condition.find()) {
      int start = condition.start();
      for (; seen < start; seen++) {
        char c = body.charAt(seen);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      if (depth <= 0) {
        Source whole = new Source(source.file(), body, text);
        String end = new Comments(source).blankNested(start, '\0');
        return new Sections(
            header[0],
            header[1],
            init,
            whole.part(from, start),
            new Source(source.file(), withoutBlocks(source, end), text));
      }
    }
    if (comments.isUnclosed()) {
      throw comments.unclosed();
    }
    throw source.error(
        text.stripTrailing().length(),
        "the test ends without a condition: expected exists, ~exists or forall"
            + (depth > 0 ? "; is a } missing?" : ""));
  }

  private static String withoutBlocks(Source source, String end) {
    String rest = end;
    for (int open = rest.indexOf(OPEN); open >= 0; open = rest.indexOf(OPEN)) {
      int close = rest.indexOf(CLOSE, open);
      if (close < 0) {
        throw source.error(open, "this block begins with << and never ends, expected >>");
      }
      int after = close + CLOSE.length();
      String block = rest.substring(open, after).replaceAll("[^\n]", " ");
      rest = rest.substring(0, open) + block + rest.substring(after);
    }
    return rest;
  }
}
