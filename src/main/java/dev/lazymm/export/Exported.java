package dev.lazymm.export;

import java.util.List;

/** What became of a harm that was to be exported. */
public sealed interface Exported {
  /**
   * Litmus tests of it, each judged by our own engine.
   *
   * @param about what they show, in a sentence
   */
  record Tests(String about, List<Test> tests) implements Exported {
    public Tests {
      tests = List.copyOf(tests);
    }
  }

  /**
   * No test says it.
   *
   * @param why a sentence
   */
  record Refused(String why) implements Exported {}

  /**
   * A litmus test.
   *
   * @param name as it calls itself
   * @param file a name for its file
   * @param language {@code c}, or the architecture of its assembly
   * @param barrier whether it has the barrier
   * @param model the model that it was judged by
   * @param result what it shows: {@code Never}, {@code Sometimes}
   * @param text the test
   */
  record Test(
      String name,
      String file,
      String language,
      boolean barrier,
      String model,
      String result,
      String text) {}
}
