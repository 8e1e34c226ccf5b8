package dev.lazymm.count;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one CPU did in an {@link Episode}, interrupts that it sent to others included.
 *
 * @param rmws read-modify-writes of any mm's mm_count, by site
 * @param barriers full barriers by site: smp_mb and whatever is one, and fully ordered
 *     read-modify-writes that succeed
 * @param stores plain and release stores to cells that some other CPU reads or writes at some time
 *     of the run, by field
 * @param ipis interrupts to other CPUs, by the kernel's name of the handler
 * @param inVain those that came to end a borrow and found none, by the handler
 * @param scanned of how many other CPUs something was looked at that each CPU has one of, as its
 *     run queue
 */
public record Count(
    Map<String, Integer> rmws,
    Map<String, Integer> barriers,
    Map<String, Integer> stores,
    Map<String, Integer> ipis,
    Map<String, Integer> inVain,
    int scanned) {
  public Count {
    rmws = Collections.unmodifiableMap(new TreeMap<>(rmws));
    barriers = Collections.unmodifiableMap(new TreeMap<>(barriers));
    stores = Collections.unmodifiableMap(new TreeMap<>(stores));
    ipis = Collections.unmodifiableMap(new TreeMap<>(ipis));
    inVain = Collections.unmodifiableMap(new TreeMap<>(inVain));
  }

  /** {@return how many there are in all} */
  public static int total(Map<String, Integer> counted) {
    return counted.values().stream().mapToInt(Integer::intValue).sum();
  }
}
