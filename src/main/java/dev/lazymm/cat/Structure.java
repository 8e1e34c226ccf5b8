package dev.lazymm.cat;

import org.jspecify.annotations.Nullable;

/**
 * The events of one candidate execution, as whoever brings them knows them: herd's "given by the
 * tool". The set {@code _} and the relations {@code id} and {@code 0} need not be brought.
 *
 * <p>The base relation {@code rf} and the set {@code FW} may change while a candidate grows; they,
 * and {@code loc} where addresses are computed, are asked for through {@link Judge#set}; everything
 * that a structure answers stays as it is.
 */
public interface Structure {
  /** {@return the number of events} */
  int size();

  /** {@return a base set by its name in the model, such as {@code R} or {@code IW}; or null} */
  @Nullable EventSet set(String name);

  /** {@return the events that carry a tag, spelled as in the bell file without its quote} */
  EventSet tagged(String tag);

  /** {@return a base relation by name, such as {@code po} or {@code addr}; or null} */
  @Nullable Relation relation(String name);

  /** {@return the value read or written by an event, of which it is asked when all are known} */
  long value(int event);
}
