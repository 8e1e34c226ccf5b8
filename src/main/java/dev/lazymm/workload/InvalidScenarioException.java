package dev.lazymm.workload;

/** A scenario that makes no sense, made by code; from a text it is a {@link ScenarioException}. */
public final class InvalidScenarioException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Place place;
  private final String what;
  private final String expected;

  InvalidScenarioException(Place place, String what, String expected) {
    super(place + ": " + what + "; expected " + expected);
    this.place = place;
    this.what = what;
    this.expected = expected;
  }

  Place place() {
    return place;
  }

  String what() {
    return what;
  }

  String expected() {
    return expected;
  }
}
