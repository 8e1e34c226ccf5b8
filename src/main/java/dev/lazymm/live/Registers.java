package dev.lazymm.live;

import dev.lazymm.machine.CachedWalks;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one CPU counts on: the mm in active_mm, and the root its MMU is on with the walks that may
 * be cached of it. Compares {@linkplain Lives lives} where a hold begins and ends, and publishes
 * what others must see ({@link Watch}). Owned by the CPU's thread.
 */
final class Registers {
  private final int id;
  private final Lives lives;
  private final Watch watch;
  private final Findings findings;
  private final CachedWalks walks = new CachedWalks();
  private long activeLife;
  private long rootLife;

  Registers(LiveMachine machine, int id, Findings findings) {
    this.id = id;
    lives = machine.lives();
    watch = machine.watch();
    this.findings = findings;
  }

  /** A new round, from this state. */
  void reset(Snapshot.CpuState start) {
    activeLife = 0;
    rootLife = 0;
    walks.clear();
    if (start.root() != null) {
      walks.load(start.root(), start.tag(), false, 0);
    }
  }

  /** active_mm is this from here, or nothing. */
  void active(@Nullable KObject next) {
    KObject active = watch.activeOf(id);
    if (active != null && lives.of(active) != activeLife) {
      findings.add(
          "I1", "%s was freed while CPU %d's active_mm pointed at it".formatted(active, id));
    }
    watch.setActive(id, next);
    if (next != null) {
      activeLife = lives.of(next);
      if (Lives.isFree(activeLife)) {
        findings.add("I1", "CPU %d takes %s as its active_mm, which is free".formatted(id, next));
      }
    }
  }

  // ---- the MMU ---------------------------------------------------------------------------------

  /**
   * A root is loaded.
   *
   * @param tag its tag, -1 without
   * @param flush whether that drops what carries the tag
   */
  void load(KObject next, int tag, boolean flush) {
    rootEnds();
    watch.setRoot(id, next, walks.load(next, tag, flush, watch.now(id)));
    rootLife = lives.of(next);
    if (Lives.isFree(rootLife)) {
      findings.add("I2", "the MMU of CPU %d is put on %s, which is free".formatted(id, next));
    }
  }

  void drop() {
    rootEnds();
    watch.setRoot(id, null, 0);
  }

  private void rootEnds() {
    KObject root = watch.rootOf(id);
    if (root != null && lives.of(root) != rootLife) {
      findings.add("I2", "%s was freed while the MMU of CPU %d was on it".formatted(root, id));
    }
  }

  boolean isOn(KObject root) {
    return watch.rootOf(id) == root;
  }

  /** What the CPU knew of the tables below its root is forgotten. */
  void flush() {
    watch.setRoot(id, watch.rootOf(id), walks.flush(watch.now(id)));
  }

  /** User mode begins. */
  void user(KObject expected) {
    KObject root = watch.rootOf(id);
    if (root != expected) {
      findings.add(
          "I8", "CPU %d goes to user mode on %s instead of %s".formatted(id, root, expected));
    } else if (lives.of(expected) != rootLife) {
      findings.add("I8", "CPU %d goes to user mode on %s, freed since".formatted(id, expected));
    }
  }
}
