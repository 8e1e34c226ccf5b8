package dev.lazymm.simulate;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of a calendar's day, this year's and later ones: a binary heap, the first on top. */
final class Bucket {
  private @Nullable Event[] heap = new @Nullable Event[4];
  private int size;

  int size() {
    return size;
  }

  /** {@return the first event; null if there is none} */
  @Nullable Event first() {
    return heap[0];
  }

  void add(Event event) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (event.compareTo(at(parent)) >= 0) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = event;
  }

  /** Takes the first event, which must be there. */
  Event poll() {
    Event first = at(0);
    Event last = at(--size);
    heap[size] = null;
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(Event event) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && at(child + 1).compareTo(at(child)) < 0) {
        child++;
      }
      if (event.compareTo(at(child)) <= 0) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = event;
  }

  private Event at(int i) {
    return Objects.requireNonNull(heap[i]);
  }
}
