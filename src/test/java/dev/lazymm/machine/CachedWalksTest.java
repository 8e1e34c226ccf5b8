package dev.lazymm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CachedWalksTest {
  private static final int NONE = -1;

  private static final class Root extends KObject {
    Root(Memory memory, String name) {
      super(memory, name);
    }

    @Override
    public String type() {
      return "pgd";
    }
  }

  private final Memory memory = new Memory(Layout.lineEach(), 1);
  private final Root a = new Root(memory, "a");
  private final Root b = new Root(memory, "b");
  private final CachedWalks walks = new CachedWalks();

  @Test
  void whatIsCachedUnderATagOutlivesALoadThatDoesNotFlush() {
    assertThat(walks.load(a, 0, false, 1)).isEqualTo(1);
    assertThat(walks.load(b, 1, false, 2)).isEqualTo(2);
    assertThat(walks.load(a, 0, false, 3)).isEqualTo(1);
    assertThat(walks.load(a, 1, false, 4)).as("under another tag").isEqualTo(4);
  }

  @Test
  void aLoadThatFlushesForgetsAlsoTheSameRoot() {
    walks.load(a, 0, false, 1);
    assertThat(walks.load(a, 0, true, 2)).isEqualTo(2);
    walks.load(b, 0, true, 3);
    assertThat(walks.load(a, 0, false, 4)).as("b's load dropped a's walks").isEqualTo(4);
  }

  @Test
  void aFlushForgetsTheCurrentTagOrAllIfThereIsNone() {
    walks.load(a, 0, false, 1);
    assertThat(walks.flush(2)).isEqualTo(2);
    assertThat(walks.load(a, 0, false, 3)).isEqualTo(2);
    walks.clear();
    walks.load(a, NONE, false, 1);
    assertThat(walks.load(b, NONE, false, 2)).isEqualTo(2);
    walks.flush(3);
    assertThat(walks.load(a, NONE, false, 4)).isEqualTo(4);
  }

  /** The checker takes a flush of any tag for enough; so does this, to raise no other alarms. */
  @Test
  void noWalkIsOlderThanTheLastFlush() {
    walks.load(a, 0, false, 1);
    walks.load(b, 1, true, 2);
    assertThat(walks.load(a, 0, false, 3)).isEqualTo(2);
  }
}
