package dev.lazymm.prove;

import dev.lazymm.workload.Scenario;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was found of one kernel over all scenarios up to some number, in their order. Immutable.
 *
 * @param holds how many scenarios hold
 * @param violated how many are violated
 * @param inconclusive how many were given up
 * @param executions complete executions in all
 * @param blocked graphs that could not be completed, in all
 * @param events those of the largest execution
 * @param hash SHA-256 over the hash before and the last scenario with what it came to, in hex; so
 *     over all scenarios and counts
 * @param firsts for each thing that is broken where it was first seen, in the order of the finding
 */
public record Tally(
    long holds,
    long violated,
    long inconclusive,
    long executions,
    long blocked,
    int events,
    String hash,
    Map<String, First> firsts) {
  /**
   * Where something was broken first.
   *
   * @param index the number of the scenario
   * @param what a sentence about the execution
   */
  public record First(long index, String what) {}

  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, "0".repeat(64), Map.of());

  public Tally {
    firsts = Collections.unmodifiableMap(new LinkedHashMap<>(firsts)); // keeps the order
  }

  /** {@return how many scenarios were looked at} */
  public long scenarios() {
    return holds + violated + inconclusive;
  }

  /** {@return this and one scenario more} */
  Tally with(ScenarioSpace.Member member, Outcome outcome) {
    Map<String, First> seen = new LinkedHashMap<>(firsts);
    for (Outcome.Broken broken : outcome.broken()) {
      seen.putIfAbsent(broken.invariant(), new First(member.index(), broken.what()));
    }
    return new Tally(
        holds + (outcome.verdict().equals("holds") ? 1 : 0),
        violated + (outcome.broken().isEmpty() ? 0 : 1),
        inconclusive + (outcome.verdict().equals("inconclusive") ? 1 : 0),
        executions + outcome.executions(),
        blocked + outcome.blocked(),
        Math.max(events, outcome.events()),
        digest(hash, member.scenario(), outcome),
        seen);
  }

  private static String digest(String before, Scenario scenario, Outcome outcome) {
    try {
      byte[] text = (before + scenario + outcome.text()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
