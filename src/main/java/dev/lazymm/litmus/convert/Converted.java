package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.c.Statement;
import java.util.List;
import java.util.Map;

/**
 * A test in assembly that was a test in C.
 *
 * @param text the test
 * @param registers of each thread, what its registers are called in C, by their names in assembly
 * @param locations what locations are called in C, where that is another name
 * @param first the line of the test that the first line of each thread is in, from 1
 * @param places of each thread, the statement in C that each of its lines comes from
 */
public record Converted(
    String text,
    List<Map<String, String>> registers,
    Map<String, String> locations,
    int first,
    List<List<Statement.At>> places) {
  public Converted {
    registers = registers.stream().map(Map::copyOf).toList();
    locations = Map.copyOf(locations);
    places = places.stream().map(List::copyOf).toList();
  }
}
