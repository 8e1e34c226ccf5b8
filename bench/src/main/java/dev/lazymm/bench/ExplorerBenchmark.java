package dev.lazymm.bench;

import dev.lazymm.check.Probe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Explores a program whole, nothing judged: its 8597 (casrot), 65 536 (readers) or 40 320 (ainc)
 * executions, the program made anew each time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExplorerBenchmark {
  @Param({"casrot 9", "readers 16", "ainc 8"})
  private String program = "";

  @Benchmark
  public Probe.Result explore() {
    String[] words = program.split(" ");
    return Probe.run(words[0], Integer.parseInt(words[1]), Duration.ofNanos(1)); // one round
  }
}
