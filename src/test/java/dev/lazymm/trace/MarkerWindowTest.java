package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkerWindowTest {
  private static final TraceEvent E1 = other(1, "e1");
  private static final TraceEvent E2 = other(2, "e2");
  private static final TraceEvent LOST = new TraceEvent.Lost(2, 0, 5);
  private static final TraceEvent BEGIN = marker(2, "BEGIN");
  private static final TraceEvent E3 = other(2, "e3");
  private static final TraceEvent E4 = other(3, "e4");
  private static final TraceEvent END = marker(4, "END");
  private static final TraceEvent E5 = other(4, "e5");
  private static final TraceEvent E6 = other(5, "e6");
  private static final List<TraceEvent> ALL = List.of(E1, E2, LOST, BEGIN, E3, E4, END, E5, E6);

  private final List<TraceEvent> inside = new ArrayList<>();
  private final List<TraceEvent> outside = new ArrayList<>();

  @Test
  void eventsThatShareAStampWithAMarkerAreInside() {
    MarkerWindow window = run("BEGIN", "END", ALL);
    assertThat(inside).containsExactly(E2, LOST, BEGIN, E3, E4, END, E5);
    assertThat(outside).containsExactly(E1, E6);
    assertThat(window.begin()).isEqualTo(OptionalLong.of(2));
    assertThat(window.end()).isEqualTo(OptionalLong.of(4));
    assertThat(window.complete()).isTrue();
  }

  @Test
  void openAtOneSideOrBoth() {
    assertThat(run(null, "END", ALL).complete()).isTrue();
    assertThat(inside).containsExactly(E1, E2, LOST, BEGIN, E3, E4, END, E5);
    assertThat(run("BEGIN", null, ALL).complete()).isTrue();
    assertThat(inside).containsExactly(E2, LOST, BEGIN, E3, E4, END, E5, E6);
    assertThat(run(null, null, ALL).complete()).isTrue();
    assertThat(inside).isEqualTo(ALL);
  }

  @Test
  void missingMarkers() {
    MarkerWindow window = run("NOT THERE", "END", ALL);
    assertThat(inside).isEmpty();
    assertThat(outside).isEqualTo(ALL);
    assertThat(window.complete()).isFalse();
    assertThat(window.begin()).isEmpty();
    window = run("BEGIN", "EN", ALL);
    assertThat(inside).containsExactly(E2, LOST, BEGIN, E3, E4, END, E5, E6);
    assertThat(window.complete()).isFalse();
    assertThat(window.begin()).isPresent();
    assertThat(window.end()).isEmpty();
  }

  @Test
  void theFirstPairCounts() {
    TraceEvent early = marker(1, "END");
    TraceEvent second = marker(3, "BEGIN");
    TraceEvent late = marker(6, "END");
    run("BEGIN", "END", List.of(early, E2, BEGIN, second, END, E6, late));
    assertThat(inside).containsExactly(E2, BEGIN, second, END);
  }

  @Test
  void oneTextForBoth() {
    TraceEvent second = marker(3, "BEGIN");
    MarkerWindow window = run("BEGIN", "BEGIN ", List.of(E1, BEGIN, second, END));
    assertThat(inside).containsExactly(BEGIN, second);
    assertThat(window.complete()).isTrue();
  }

  @Test
  void everyKindOfEventPasses() {
    List<TraceEvent> events = Texts.events(Texts.resource("plain.trace.txt"));
    run("BEGIN", null, events);
    assertThat(inside).isEqualTo(events);
    run("NOT THERE", null, events);
    assertThat(outside).isEqualTo(events);
  }

  private MarkerWindow run(@Nullable String from, @Nullable String to, List<TraceEvent> events) {
    inside.clear();
    outside.clear();
    MarkerWindow window =
        new MarkerWindow(
            from, to, TraceSink.toEvents(inside::add), TraceSink.toEvents(outside::add));
    events.forEach(event -> event.sendTo(window));
    window.finish();
    return window;
  }

  private static TraceEvent other(long ts, String name) {
    return new TraceEvent.Other(ts, 0, 1, name);
  }

  private static TraceEvent marker(long ts, String text) {
    return new TraceEvent.Marker(ts, 0, 1, text);
  }
}
