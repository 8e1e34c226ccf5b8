package dev.lazymm.litmus;

import dev.lazymm.cat.Relation;
import java.util.List;
import java.util.Map;

/**
 * One execution of a test, to be shown.
 *
 * @param candidate its events
 * @param values what each event reads or writes; 0 for fences
 * @param locations the location of each event by index, -1 for fences
 * @param state how it ends, as text
 * @param flags the flags that it raises
 * @param relations {@code rf}, {@code co}, {@code fr} and what else the model shows, by name
 */
public record Execution(
    Candidate candidate,
    List<Long> values,
    List<Integer> locations,
    String state,
    List<String> flags,
    Map<String, Relation> relations) {
  public Execution {
    values = List.copyOf(values);
    locations = List.copyOf(locations);
    flags = List.copyOf(flags);
  }
}
