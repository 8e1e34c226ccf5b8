package dev.lazymm.cat;

/**
 * A mistake in a cat file: where, what, and what was expected instead. The message is complete and
 * ready to be shown.
 *
 * <pre>{@code
 * my.cat:3:9: unbound name 'fre1'
 *   acyclic fre1 | co
 *           ^
 * expected a name that is defined here; did you mean 'fre'?
 * }</pre>
 */
public final class CatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Place place;
  private final String what;
  private final String expected;

  CatException(Place place, String what, String expected) {
    super(what, null, false, false);
    this.place = place;
    this.what = what;
    this.expected = expected;
  }

  /** {@return what the user calls the file} */
  public String file() {
    return place.source().name();
  }

  /** {@return the number of the line, from 1} */
  public int line() {
    return place.line();
  }

  /** {@return the number of the character in the line, from 1} */
  public int column() {
    return place.column();
  }

  /** {@return what is wrong, without the place} */
  public String what() {
    return what;
  }

  /** {@return what would have been right} */
  public String expected() {
    return expected;
  }

  @Override
  public String getMessage() {
    String text = place.source().line(place.line());
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < place.column() - 1; i++) {
      caret.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return place + ": " + what + "\n  " + text + "\n  " + caret + "^\nexpected " + expected;
  }
}
