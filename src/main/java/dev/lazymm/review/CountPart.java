package dev.lazymm.review;

import dev.lazymm.count.Count;
import dev.lazymm.count.Episode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the code of some designs does in an {@link Episode}, counted.
 *
 * @param episode what is counted
 * @param registered whether its processes are registered for membarrier(2)
 * @param designs the designs, of which each must give the same
 * @param arches the architectures, likewise
 * @param expected how many of some of the names below, or of full barriers of one site, {@code
 *     barrier B2a}
 */
public record CountPart(
    Episode episode,
    boolean registered,
    List<String> designs,
    List<String> arches,
    Map<String, Integer> expected)
    implements Part {
  /** Read-modify-writes of mm_count. */
  public static final String RMWS = "RMWs of mm_count";

  /** Full barriers, fully ordered read-modify-writes among them. */
  public static final String BARRIERS = "full barriers";

  /** Stores to what other CPUs read or write at some time. */
  public static final String STORES = "stores that others see";

  /** Interrupts to other CPUs. */
  public static final String IPIS = "IPIs";

  /** Those that come for a borrow and find none. */
  public static final String IN_VAIN = "IPIs in vain";

  /** Other CPUs whose run queues are looked at. */
  public static final String SCANNED = "CPUs scanned";

  private static final String BARRIER = "barrier ";

  public CountPart {
    designs = List.copyOf(designs);
    arches = List.copyOf(arches);
    expected = new LinkedHashMap<>(expected);
  }

  /** {@return one number of a count, or its full barriers of one site} */
  static int number(Count count, String name) {
    return switch (name) {
      case RMWS -> Count.total(count.rmws());
      case BARRIERS -> Count.total(count.barriers());
      case STORES -> Count.total(count.stores());
      case IPIS -> Count.total(count.ipis());
      case IN_VAIN -> Count.total(count.inVain());
      case SCANNED -> count.scanned();
      default -> {
        if (!name.startsWith(BARRIER)) {
          throw new IllegalArgumentException(name);
        }
        yield count.barriers().getOrDefault(name.substring(BARRIER.length()), 0);
      }
    };
  }

  @Override
  public Map<String, Integer> expected() {
    return new LinkedHashMap<>(expected);
  }

  @Override
  public String asks() {
    return "%s%s, %s on %s"
        .formatted(
            episode.name(),
            registered ? " of registered processes" : "",
            String.join(", ", designs),
            String.join(", ", arches));
  }

  @Override
  public String gives() {
    return expected.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
