package dev.lazymm.machine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when the MMU of one CPU may have cached walks of each root, for machines that see runs one
 * at a time. What is cached under a tag outlives a load that does not flush; so a CPU may come back
 * to a root and still know a page table that was unlinked meanwhile. Times are numbers that grow;
 * which, is the machine's business. Owned by one thread.
 */
public final class CachedWalks {
  private record Entry(int tag, KObject root) {}

  private final Map<Entry, Long> since = new HashMap<>();
  private @Nullable KObject root;
  private int tag = -1;
  private long flushed = Long.MIN_VALUE;

  /** Nothing is cached, no root is loaded. */
  public void clear() {
    since.clear();
    root = null;
    tag = -1;
    flushed = Long.MIN_VALUE;
  }

  /**
   * A root is loaded.
   *
   * @param newTag its tag, -1 if it is loaded without one
   * @param flush whether the load drops all that carries the tag
   * @param now the time of the load
   * @return since when walks of the root may be cached
   */
  public long load(KObject next, int newTag, boolean flush, long now) {
    root = next;
    tag = newTag;
    if (flush) {
      return flush(now);
    }
    Long before = since.putIfAbsent(new Entry(tag, next), now);
    return before == null ? now : Math.max(before, flushed); // the checker is as lenient
  }

  /**
   * Every walk of the current tag is dropped; every one there is if the root was loaded without.
   *
   * @return {@code now}, since when walks of the loaded root may be cached
   */
  public long flush(long now) {
    if (tag < 0) {
      since.clear();
    } else {
      since.keySet().removeIf(entry -> entry.tag == tag);
    }
    flushed = now;
    if (root != null) {
      since.put(new Entry(tag, root), now);
    }
    return now;
  }
}
