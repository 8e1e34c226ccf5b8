package dev.lazymm.litmus.convert;

import java.util.List;
import java.util.Map;

/**
 * A test in assembly that was a test in C.
 *
 * @param text the test
 * @param registers of each thread, what its registers are called in C, by their names in assembly
 * @param locations what locations are called in C, where that is another name
 */
public record Converted(
    String text, List<Map<String, String>> registers, Map<String, String> locations) {
  public Converted {
    registers = registers.stream().map(Map::copyOf).toList();
    locations = Map.copyOf(locations);
  }
}
