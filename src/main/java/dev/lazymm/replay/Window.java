package dev.lazymm.replay;

import dev.lazymm.trace.TraceText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of a recording between two markers: all events with {@code begin <= ts <= end}, where
 * begin and end are the times of the first marker with the one text and of the first marker behind
 * it with the other. Several events may share a time stamp, so the window begins at the first event
 * that has the time of the begin marker, and nobody knows which that is before the marker: {@code
 * mark} is called at each new time until then. Or the part between two times.
 */
final class Window {
  private final byte @Nullable [] from;
  private final byte @Nullable [] to;
  private final Replayer.@Nullable Span span;
  private final Runnable mark;
  private boolean opened;
  private boolean closing;
  private boolean over;
  private long end;
  private long last = Long.MIN_VALUE;

  Window(@Nullable String from, @Nullable String to, Replayer.@Nullable Span span, Runnable mark) {
    this.span = span;
    this.from = bytes(from);
    this.to = bytes(to);
    this.mark = mark;
  }

  /** {@return whether the event at this time is behind the window} */
  boolean over(long ts) {
    if (span != null) {
      if (!opened && ts >= span.begin()) {
        opened = true;
        mark.run();
      }
      over = ts > span.end();
    } else if (closing) {
      over |= ts > end;
    } else if (from != null && !opened && ts != last) {
      last = ts;
      mark.run();
    }
    return over;
  }

  void marker(long ts, TraceText text) {
    if (from != null && !opened) {
      opened = text.contentEquals(from);
    } else if (to != null && !closing && text.contentEquals(to)) {
      closing = true;
      end = ts;
    }
  }

  /** {@return whether a begin was asked for and seen} */
  boolean opened() {
    return opened;
  }

  /** {@return whether every marker that was asked for was seen} */
  boolean complete() {
    return (span == null || opened) && (from == null || opened) && (to == null || closing);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.stripTrailing().getBytes(StandardCharsets.UTF_8);
  }
}
