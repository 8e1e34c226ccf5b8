package dev.lazymm.litmus;

import org.jspecify.annotations.Nullable;

/** A litmus test, or a file that says how to read one, is not as it should be. */
public sealed class LitmusException extends RuntimeException permits NotMappedException {
  private static final long serialVersionUID = 1;

  /** More than this of a line is not shown. */
  private static final int WIDTH = 100;

  private final String file;
  private final int line;
  private final int column;
  private final String problem;

  private LitmusException(
      String file, int line, int column, String problem, @Nullable String picture) {
    super(
        file
            + (line > 0 ? ":" + line + ":" + column + ": " : ": ")
            + problem
            + (picture == null ? "" : "\n" + picture));
    this.file = file;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** The same as another, for a kind of its own. */
  LitmusException(LitmusException other) {
    super(other.getMessage());
    this.file = other.file;
    this.line = other.line;
    this.column = other.column;
    this.problem = other.problem;
  }

  /** About a file as a whole. */
  public LitmusException(String file, String problem) {
    this(file, 0, 0, problem, null);
  }

  static LitmusException at(Source source, Source.Place place, String problem) {
    String picture = picture(source.line(place.line()), place.column());
    return new LitmusException(source.file(), place.line(), place.column(), problem, picture);
  }

  /** {@return the line, and below it a caret under the column; a long line from nearer to it} */
  private static String picture(String line, int column) {
    int from = line.length() <= WIDTH ? 0 : Math.max(0, column - WIDTH / 2);
    int to = Math.min(line.length(), from + WIDTH);
    var caret = new StringBuilder();
    for (int i = from; i < Math.min(column - 1, to); i++) {
      caret.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    String shown = line.substring(Math.min(from, to), to).replaceAll("[^\\t\\P{Cntrl}]", "?");
    return "  " + shown + "\n  " + caret + "^";
  }

  /** {@return the file's name} */
  public String file() {
    return file;
  }

  /** {@return the line, from 1; 0 if it is about the file as a whole} */
  public int line() {
    return line;
  }

  /** {@return the column, from 1; 0 if it is about the file as a whole} */
  public int column() {
    return column;
  }

  /** {@return what is wrong, without where} */
  public String problem() {
    return problem;
  }
}
