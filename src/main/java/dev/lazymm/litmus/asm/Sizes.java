package dev.lazymm.litmus.asm;

import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sees to it that each location is accessed with one size only, as far as addresses are known. */
final class Sizes {
  private Sizes() {}

  /**
   * Checks a test.
   *
   * @param threads all ways through each thread
   * @throws dev.lazymm.litmus.LitmusException if a location is accessed with two sizes
   */
  static void check(List<List<Path>> threads, Map<String, Long> addresses, Source source) {
    Map<Long, PathEvent> first = new HashMap<>();
    for (List<Path> ways : threads) {
      for (Path way : ways) {
        for (PathEvent event : way.events()) {
          if (event.size() > 0 && event.address() instanceof Value.Constant(long address)) {
            PathEvent before = first.putIfAbsent(address, event);
            if (before != null && before.size() != event.size()) {
              throw source.error(
                  new Source.Place(event.line(), column(source, event)),
                  "%s is accessed with %d bytes here, and with %d in line %d: accesses of mixed sizes are not supported"
                      .formatted(
                          name(address, addresses), event.size(), before.size(), before.line()));
            }
          }
        }
      }
    }
  }

  private static String name(long address, Map<String, Long> addresses) {
    return addresses.entrySet().stream()
        .filter(e -> e.getValue() == address)
        .map(Entry::getKey)
        .findFirst()
        .orElse("a location");
  }

  private static int column(Source source, PathEvent event) {
    String words =
        Arrays.stream(event.text().split(" "))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher found = Pattern.compile(words).matcher(source.line(event.line()));
    return found.find() ? found.start() + 1 : 1;
  }
}
