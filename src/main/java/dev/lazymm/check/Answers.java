package dev.lazymm.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model has said of small graphs: the same questions come again and again. Of old answers
 * those are kept that were asked for since; the others go when there is no more room. Owned by one
 * explorer.
 */
final class Answers {
  /** An entry of a hash map with its key, but for what the key is of. */
  private static final long ENTRY = 100;

  private Map<ModelKey, Boolean> young = new HashMap<>();
  private Map<ModelKey, Boolean> old = new HashMap<>();
  private long youngBytes;
  private long room;

  /**
   * @param room for how many bytes there is room
   */
  Answers(long room) {
    this.room = room;
  }

  /** There is room for so many bytes from now on. */
  void limit(long bytes) {
    room = bytes;
  }

  /** {@return what was said; null if that is not known} */
  @Nullable Boolean get(ModelKey key) {
    Boolean answer = young.get(key);
    if (answer == null) {
      answer = old.remove(key);
      if (answer != null) {
        put(key, answer);
      }
    }
    return answer;
  }

  /** Keeps what was said. */
  void put(ModelKey key, Boolean answer) {
    long bytes = ENTRY + key.bytes();
    if (2 * (youngBytes + bytes) > room) {
      old = young;
      young = new HashMap<>();
      youngBytes = 0;
    }
    young.put(key, answer);
    youngBytes += bytes;
  }

  /** {@return how many answers are known} */
  int size() {
    return young.size() + old.size();
  }
}
