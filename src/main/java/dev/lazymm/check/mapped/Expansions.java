package dev.lazymm.check.mapped;

import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Model;
import dev.lazymm.cat.Structure;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an operation is to a model: writes the litmus test in C whose one thread does it and
 * then stores to another location, has the litmus engine read that test, converted by the mapping
 * if there is one, and takes the events before that store. What the store depends on by a branch
 * holds for all that follows the operation; it writes the operation's result, if there is one, so
 * what its value depends on is what that is computed from. Any number of threads may share it.
 *
 * <p>Where a mapping makes one attempt, the way on which it fails is left out, as in the litmus
 * engine. An operation that reads twice (add_unless: a load, then a compare-and-swap) reads the
 * same write twice here.
 */
public final class Expansions {
  private final Tools tools;
  private final boolean isSource;
  private final Mapping mapping;
  private final Model model;
  private final Alphabet alphabet = new Alphabet();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, Expansion> known = new ConcurrentHashMap<>();

  /**
   * @param arch the mapping by which operations become instructions; null if their source text is
   *     judged
   * @param machine the mapping that says what the machine itself orders
   * @param model the model, by name or file; null for the mapping's own, or that of the kernel
   * @throws dev.lazymm.litmus.LitmusException if there is no such model, or it is not as it should
   *     be
   */
  public Expansions(@Nullable String arch, String machine, @Nullable String model) {
    try {
      tools =
          Tools.load(
              new Request(null, model, null, null, List.of(), Set.of(), Request.UNROLL, arch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    isSource = arch == null;
    mapping = Mapping.find(machine);
    this.model = tools.modelOfOrdered("C").model();
  }

  /** {@return which events are in which sets} */
  public Alphabet alphabet() {
    return alphabet;
  }

  /** {@return a judge of one structure} */
  public Judge judge(Structure structure) {
    return model.judge(structure);
  }

  /**
   * {@return an operation on an int, in C, where {@code x} is its address and {@code r0} a
   * register}
   */
  public Expansion of(String statement) {
    return of(statement, "int", true, false);
  }

  /**
   * {@return one of a spin lock}
   *
   * @param statement as for {@link #of(String)}
   */
  public Expansion ofLock(String statement) {
    return of(statement, "spinlock_t", true, false);
  }

  /** {@return a read-modify-write that succeeds, or one that does not} */
  public Expansion ofUpdate(String statement, boolean succeeds) {
    return of(statement, "atomic_t", succeeds, false);
  }

  /** {@return one on whose result, r0, it depends whether the thread goes on} */
  public Expansion branching(String statement) {
    return of(statement, "int", true, true);
  }

  /**
   * {@return the fence that something the machine does is as good as, in C; empty if it orders
   * nothing}
   *
   * @param key one of {@link dev.lazymm.mapping.Keys#MACHINE}
   */
  public Optional<String> fence(String key) {
    return mapping
        .row(key)
        .orders()
        .filter(orders -> !orders.equals(Row.NOTHING))
        .map(orders ->
            switch (orders) {
              case "fence MB" -> "smp_mb();";
              case "fence rmb" -> "smp_rmb();";
              case "fence wmb" -> "smp_wmb();";
              default -> throw new IllegalStateException(key + " orders " + orders);
            });
  }

  /** {@return the names of the relations that the model's file defines, in its order} */
  public List<String> names() {
    return model.names();
  }

  /** {@return those of them that the relation which a check of the file tests is made of} */
  public Set<String> partsOf(String check) {
    return model.partsOf(check);
  }

  /**
   * {@return the instructions of a fence; none where source text is judged}
   *
   * @param key as the mapping has it: {@code fence MB}
   */
  public List<String> instructions(String key) {
    return isSource ? List.of() : mapping.row(key).template();
  }

  /** {@return whether operations are judged as their source text} */
  public boolean isSource() {
    return isSource;
  }

  private Expansion of(String statement, String type, boolean succeeds, boolean branching) {
    String result = statement.contains("r0 = ") ? "r0" : "1";
    String branch = branching ? "if (r0 == 1) " : "";
    String text =
        """
        C operation

        { }

        P0(%s *x, int *z)
        {
        	int r0;
        	%s
        	%sWRITE_ONCE(*z, %s);
        }

        exists (z=1)
        """
            .formatted(type, statement, branch, result);
    return known.computeIfAbsent(
        text + succeeds, _ -> expansion(tools.read(Source.of("operation", text)), succeeds));
  }

  private Expansion expansion(LitmusTest test, boolean succeeds) {
    List<Path> ways = test.threads().getFirst().stream().filter(Expansions::marks).toList();
    boolean mayFail = ways.stream().map(Expansions::writes).distinct().count() > 1;
    return ways.stream()
        .filter(path -> !mayFail || writes(path) == succeeds)
        .min(Comparator.comparingInt(Expansions::dataInside))
        .map(this::expansion)
        .orElseThrow(() -> new IllegalStateException("no way through " + test.conditionText()));
  }

  /**
   * How much the parts of an instruction depend on each other's data. Arm leaves open whether a
   * compare-and-swap branches or selects; that it branches is the weaker of the two.
   */
  private static int dataInside(Path path) {
    return path.events().stream()
        .mapToInt(e -> e.more().getOrDefault("iico_data", Set.of()).size())
        .sum();
  }

  /** Whether a way goes to its end: the store that marks it is there. */
  private static boolean marks(Path path) {
    return !path.events().isEmpty() && isWrite(path.events().getLast());
  }

  /** Whether there is a write before the last store. */
  private static boolean writes(Path path) {
    return path.events().stream().filter(Expansions::isWrite).count() > 1;
  }

  private static boolean isWrite(PathEvent event) {
    return switch (event.action()) {
      case WRITE, UPDATE, LOCK_WRITE, UNLOCK -> true;
      default -> false;
    };
  }

  private Expansion expansion(Path path) {
    List<PathEvent> events = path.events().subList(0, path.events().size() - 1);
    PathEvent after = path.events().getLast();
    long[] bits = events.stream().mapToLong(alphabet::of).toArray();
    Map<String, Set<Integer>> open = new TreeMap<>(after.more());
    Set<Integer> picked = open.remove("pick-data");
    return new Expansion(
        numbers.incrementAndGet(),
        List.copyOf(events),
        bits,
        after.ctrl(),
        after.data(),
        picked == null ? after.data() : picked,
        open);
  }
}
