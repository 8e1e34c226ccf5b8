package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an exploration is and what is left to do: frames, the latest last, and below them {@link
 * Level}s, the frames whose graphs are not kept. Owned by one explorer.
 */
final class Place {
  private final List<Level> levels = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private long room = Long.MAX_VALUE;

  /** Begins elsewhere. */
  void begin(List<Level> from) {
    frames.clear();
    levels.clear();
    levels.addAll(from);
  }

  /** Keeps no more graphs than have room in so many bytes, but for a few. */
  void limit(long bytes) {
    room = bytes;
  }

  /** {@return all of it, as levels} */
  List<Level> levels() {
    List<Level> all = new ArrayList<>(levels);
    frames.forEach(f -> all.add(f.level()));
    return all;
  }

  /** {@return whether there is no frame, though there may be levels} */
  boolean hasNoFrame() {
    return frames.isEmpty();
  }

  void push(Frame frame) {
    frames.add(frame);
  }

  /** {@return the latest frame} */
  Frame top() {
    return frames.getLast();
  }

  /** {@return the latest frame, which is done with} */
  Frame pop() {
    return frames.removeLast();
  }

  /**
   * Keeps the older half of the frames as levels, if there is no room for all.
   *
   * @param bytes what one graph takes
   * @return whether it did
   */
  boolean makeRoom(long bytes) {
    if (frames.size() <= 2 || frames.size() * bytes <= room) {
      return false;
    }
    List<Frame> older = frames.subList(0, frames.size() / 2);
    older.forEach(f -> levels.add(f.level()));
    older.clear();
    return true;
  }

  /**
   * Keeps the oldest frame as a level, if the frames take half of the room.
   *
   * @param bytes what one graph takes
   * @return that frame, which may be used for another; null if there is room
   */
  @Nullable Frame makeHalfRoom(long bytes) {
    if (frames.size() <= 2 || 2L * frames.size() * bytes <= room) {
      return null;
    }
    Frame oldest = frames.removeFirst();
    levels.add(oldest.level());
    return oldest;
  }

  /** {@return the levels, to be grown again up to the next choice; empty if nothing is left} */
  List<Level> toGrowAgain() {
    while (!levels.isEmpty() && levels.getLast().untried().isEmpty()) {
      levels.removeLast();
    }
    if (levels.isEmpty()) {
      return List.of();
    }
    levels.add(levels.removeLast().trimmed());
    return all();
  }

  /** {@return the levels, to be grown again as they are} */
  List<Level> all() {
    List<Level> all = List.copyOf(levels);
    levels.clear();
    return all;
  }

  /**
   * Gives away about half of the oldest choices, those that would be tried last.
   *
   * @return where to begin to try them; empty if there are too few
   */
  List<Level> split() {
    List<Level> given = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      if (!level.untried().isEmpty() && !(frames.isEmpty() && i == levels.size() - 1)) {
        given.add(splitLevel(i));
        return given;
      }
      given.add(level.done());
    }
    for (int i = 0; i < frames.size(); i++) {
      Frame f = frames.get(i);
      if (f.untried() > 1 || (f.untried() == 1 && hasChoicesAbove(i))) {
        given.add(f.split());
        return given;
      } else if (f.untried() == 1) {
        return List.of(); // the last there is
      }
      given.add(f.level());
    }
    return List.of();
  }

  private Level splitLevel(int i) {
    Level level = levels.get(i);
    List<Choice> untried = level.untried();
    int half = (untried.size() + 1) / 2;
    levels.set(i, new Level(level.applied(), untried.subList(half, untried.size())));
    return new Level(level.applied(), untried.subList(0, half)).trimmed();
  }

  private boolean hasChoicesAbove(int i) {
    return frames.stream().skip(i + 1L).anyMatch(Frame::hasChoices);
  }
}
