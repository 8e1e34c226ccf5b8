package dev.lazymm.simulate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order of their times (R. Brown, Calendar queues, CACM 1988): a year of days, each a
 * bucket; an event of next year lies in the bucket of its day. With days about as long as the gap
 * between events, adding and taking one cost the same however many there are; so the calendar is
 * made anew when its size has doubled or halved, or when too many days in a row were empty.
 *
 * <p>Owned by one simulation.
 */
final class CalendarQueue {
  private static final int FEWEST_DAYS = 16;

  /** Empty days for each event taken that are put up with. */
  private static final int EMPTY_DAYS = 4;

  private Bucket[] days = year(FEWEST_DAYS);

  /** A day has 2^shift picoseconds. */
  private int shift = 10;

  private int size;

  /** The number, counted from time 0, of a day before which there are no events. */
  private long today;

  private @Nullable Event first;
  private long emptyDays;
  private long taken;

  int size() {
    return size;
  }

  void add(Event event) {
    put(event);
    size++;
    if (first != null && event.compareTo(first) < 0) {
      first = event;
    }
    if (size > 2 * days.length) {
      renew();
    }
  }

  private void put(Event event) {
    long day = event.time() >>> shift;
    days[(int) day & (days.length - 1)].add(event);
    if (day < today) {
      today = day;
    }
  }

  /** {@return the first event, without taking it; null if there is none} */
  @Nullable Event peek() {
    if (first == null && size > 0) {
      first = find();
    }
    return first;
  }

  /** {@return the first event, taken; null if there is none} */
  @Nullable Event poll() {
    Event event = peek();
    if (event == null) {
      return null;
    }
    days[(int) (event.time() >>> shift) & (days.length - 1)].poll();
    first = null;
    size--;
    taken++;
    if (days.length > FEWEST_DAYS && size < days.length / 4) {
      renew();
    } else if (taken >= days.length) {
      if (emptyDays > EMPTY_DAYS * taken) {
        renew();
      }
      taken = 0;
      emptyDays = 0;
    }
    return event;
  }

  /** The first event: of the first day from today that has one of its own. */
  private Event find() {
    for (int i = 0; i < days.length; i++) {
      Event event = days[(int) today & (days.length - 1)].first();
      if (event != null && event.time() >>> shift == today) {
        return event;
      }
      today++;
      emptyDays++;
    }
    Event least = null; // nothing for a year
    for (Bucket day : days) {
      Event event = day.first();
      if (event != null && (least == null || event.compareTo(least) < 0)) {
        least = event;
      }
    }
    if (least == null) {
      throw new IllegalStateException("a calendar of " + size + " events has none");
    }
    today = least.time() >>> shift;
    return least;
  }

  /** Makes the calendar anew: about a day an event, and a day about as long as their gaps. */
  private void renew() {
    Event[] all = new Event[size];
    int n = 0;
    for (Bucket day : days) {
      while (day.size() > 0) {
        all[n++] = day.poll();
      }
    }
    Arrays.sort(all);
    int length = FEWEST_DAYS;
    while (length < n) {
      length *= 2;
    }
    days = year(length);
    shift = n < 2 ? shift : shift(all);
    today = n == 0 ? today : all[0].time() >>> shift;
    emptyDays = 0;
    taken = 0;
    for (Event event : all) {
      put(event);
    }
  }

  /**
   * From the mean gap of the first three quarters: what lies far ahead must not stretch the day.
   */
  private static int shift(Event[] sorted) {
    int last = Math.max(1, sorted.length * 3 / 4);
    long gap = (sorted[last].time() - sorted[0].time()) / last;
    return Math.min(50, 64 - Long.numberOfLeadingZeros(gap));
  }

  private static Bucket[] year(int length) {
    Bucket[] year = new Bucket[length];
    Arrays.setAll(year, i -> new Bucket());
    return year;
  }
}
