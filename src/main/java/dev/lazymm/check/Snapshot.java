package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a search in a file while it goes on: each worker gives what it has of its part between two
 * graphs; the last one writes all. Whoever ends his part meanwhile waits for the others, as the
 * parts are to be those that the snapshot began with. Guarded by the {@link Crew}.
 */
final class Snapshot {
  private final Crew crew;
  private final Parts parts;
  private final Memory memory;
  private final @Nullable Saver saver;

  /** The number of the snapshot being taken, or taken last; and who has not given his part yet. */
  private volatile long number;

  private int awaited;

  Snapshot(Crew crew, Parts parts, Memory memory, @Nullable Saver saver) {
    this.crew = crew;
    this.parts = parts;
    this.memory = memory;
    this.saver = saver;
  }

  /** A worker is between two graphs of a part. */
  void look(Explorer explorer, Part part) {
    if (saver != null && saver.isDue()) {
      begin(saver);
    }
    if (part.saved != number) {
      give(explorer, part);
    }
  }

  private void begin(Saver to) {
    synchronized (crew) {
      if (awaited == 0 && to.isDue() && !crew.isStopped()) {
        number++;
        awaited = parts.running();
      }
    }
  }

  /** A worker gives what it has of its part for the snapshot that is being taken. */
  void give(Explorer explorer, Part part) {
    synchronized (crew) {
      boolean asked = awaited > 0 && part.saved != number && !part.cancelled;
      part.saved = number;
      if (!asked) {
        return;
      }
      part.keep(explorer, explorer.place());
      part.image = Saved.Image.of(part, memory);
      if (--awaited == 0) {
        save();
        crew.notifyAll();
      }
    }
  }

  /** {@return whether one is being taken} */
  boolean isBeingTaken() {
    return awaited > 0;
  }

  /** Ends the one that is being taken. */
  void abandon() {
    awaited = 0;
  }

  /** Writes what is done and what is left to do. */
  void save() {
    synchronized (crew) {
      if (saver != null) {
        saver.save(parts.known(), parts.front(), parts.list());
      }
    }
  }
}
