package dev.lazymm.litmus;

import java.util.List;
import java.util.Map;

/**
 * A litmus test, ready to be searched for executions.
 *
 * @param name as the test calls itself
 * @param arch the language of its threads by herd's name: {@code C}
 * @param locations the names of all memory locations; an address is a place in this list
 * @param initial what is in each location at the start
 * @param threads all threads in order, each with all ways through it
 * @param registers what is in registers at the start, by thread, where that is not 0
 * @param shown what {@code locations [...]} asks to be shown besides
 * @param filter only executions that satisfy it count
 * @param quantifier what is asked about the condition
 * @param condition what final states are asked for
 * @param conditionText the condition as {@code herd7} prints it
 */
public record LitmusTest(
    String name,
    String arch,
    List<String> locations,
    List<Long> initial,
    List<List<Path>> threads,
    List<Map<String, Long>> registers,
    List<Prop.Term> shown,
    Prop filter,
    Quantifier quantifier,
    Prop condition,
    String conditionText) {
  /** What is asked about a condition. */
  public enum Quantifier {
    /** Is there an execution with it? */
    EXISTS,
    /** Is there none? */
    NOT_EXISTS,
    /** Is it so in all? */
    FORALL
  }

  public LitmusTest {
    locations = List.copyOf(locations);
    initial = List.copyOf(initial);
    threads = threads.stream().map(List::copyOf).toList();
    registers = registers.stream().map(Map::copyOf).toList();
    shown = List.copyOf(shown);
  }
}
