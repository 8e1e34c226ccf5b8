package dev.lazymm.check;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event of a thread, with those before it. Its text is made when it is asked for. */
final class OracleEvent {
  private final Supplier<String> maker;
  private final @Nullable OracleEvent before;
  private @Nullable String text;

  /**
   * @param maker makes the text
   * @param before the event before it on the same thread
   */
  OracleEvent(Supplier<String> maker, @Nullable OracleEvent before) {
    this.maker = maker;
    this.before = before;
  }

  /** {@return what it is, as in the canonical key} */
  String text() {
    String made = text;
    if (made == null) {
      made = maker.get();
      text = made;
    }
    return made;
  }

  /** {@return the event before it on the same thread} */
  @Nullable OracleEvent before() {
    return before;
  }
}
