package dev.lazymm.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calendar gives events out in the order in which a plain priority queue does. */
class CalendarQueueTest {
  private final CalendarQueue calendar = new CalendarQueue();
  private final PriorityQueue<Event> plain = new PriorityQueue<>();
  private long sequence;

  private void add(long time, int tie) {
    Event event = new Event(time, tie, sequence++, 0, 0);
    calendar.add(event);
    plain.add(event);
  }

  private long poll() {
    assertThat(calendar.peek()).isEqualTo(plain.peek());
    Event event = calendar.poll();
    assertThat(event).isEqualTo(plain.poll());
    assertThat(calendar.size()).isEqualTo(plain.size());
    return event == null ? 0 : event.time();
  }

  private void drain() {
    while (!plain.isEmpty()) {
      poll();
    }
    assertThat(calendar.poll()).isNull();
    assertThat(calendar.peek()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 30, 62})
  void holdsItsOrder(int bits) {
    // The hold model: each event taken brings another, some time after it.
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = 1 + random.nextInt(300);
      for (int i = 0; i < size; i++) {
        add(random.nextLong(1L << bits), random.nextInt(3));
      }
      for (int i = 0; i < 2000; i++) {
        long now = poll();
        add(now + random.nextLong(1L << Math.min(bits, 40)), random.nextInt(3));
      }
      drain();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void growsAndShrinksInAnyMix(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long now = 0;
    for (int phase = 0; phase < 40; phase++) {
      int adds = random.nextInt(1, 10);
      int scale = random.nextInt(40);
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(10) < adds) {
          add(now + random.nextLong(1L << scale), random.nextInt());
        } else {
          now = poll();
        }
      }
    }
    drain();
  }

  @Test
  void takesEventsBeforeTheLatestTaken() {
    for (long time : new long[] {1L << 40, 5, 1L << 41, 3, 3, 1L << 20}) {
      add(time, 0);
      add(time + 1, 0);
      poll();
    }
    drain();
  }

  @Test
  void tiesAreBrokenByTieThenBySequence() {
    add(7, 2);
    add(7, 1);
    add(7, 1);
    assertThat(calendar.peek()).isEqualTo(new Event(7, 1, 1, 0, 0));
    drain();
  }
}
