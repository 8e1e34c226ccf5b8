package dev.lazymm.design;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What design code may call: the kernel, the machine, and the part of the JDK that has no state of
 * its own and no door to the outside. Names are those of class files.
 */
final class Vocabulary {
  private static final String CLOCK = "reads a clock: a run that is repeated reads another time";
  private static final String RANDOM = "draws a random number: a repeated run draws another one";
  private static final String IDENTITY =
      "asks for an identity hash: it differs from one start of lazymm to the next";
  private static final String HASH_ORDER = "may depend on the order of hashes, which is not fixed";
  private static final String THREADS = "deals in threads: what runs beside it is a CPU's script";
  private static final String OUTSIDE = "reaches outside: a design is run millions of times";

  /** Kernel and machine, but for what makes or drives a computer. */
  private static final Set<String> OURS =
      Set.of("dev/lazymm/kernel", "dev/lazymm/kernel/history", "dev/lazymm/machine");

  private static final Set<String> DRIVERS =
      names("dev/lazymm/machine/", "SequentialMachine Snapshot Program Script");

  private static final Set<String> JDK =
      Stream.of(
              names(
                  "java/lang/",
                  "Object String StringBuilder Integer Long Short Byte Character Boolean Number"
                      + " Math StrictMath Record Enum Iterable Comparable CharSequence"
                      + " Void Float Double"),
              names(
                  "java/util/",
                  "ArrayList List Arrays Optional OptionalInt OptionalLong BitSet EnumMap EnumSet"
                      + " LinkedHashMap LinkedHashSet TreeMap TreeSet Map Map$Entry Set"
                      + " Collection Collections Iterator ListIterator PrimitiveIterator$OfInt"
                      + " Objects Comparator ArrayDeque Deque Queue LinkedList SequencedCollection"
                      + " PriorityQueue SortedMap SortedSet NavigableMap NavigableSet"
                      + " StringJoiner"),
              names(
                  "java/util/stream/",
                  "Stream IntStream LongStream Collectors BaseStream Collector"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** What of the above is not allowed, and what besides is told about by name. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("java/lang/System.nanoTime", CLOCK),
          Map.entry("java/lang/System.currentTimeMillis", CLOCK),
          Map.entry("java/lang/System.identityHashCode", IDENTITY),
          Map.entry("java/lang/Object.hashCode", IDENTITY),
          Map.entry("java/lang/Object.toString", IDENTITY),
          Map.entry("java/util/Objects.hashCode", IDENTITY),
          Map.entry("java/util/Objects.hash", IDENTITY),
          Map.entry("java/util/Arrays.hashCode", IDENTITY),
          Map.entry("java/lang/Object.wait", THREADS),
          Map.entry("java/lang/Object.notify", THREADS),
          Map.entry("java/lang/Object.notifyAll", THREADS),
          Map.entry("java/lang/Math.random", RANDOM),
          Map.entry("java/lang/StrictMath.random", RANDOM),
          Map.entry("java/util/Collections.shuffle", RANDOM),
          Map.entry("java/util/Set.of", HASH_ORDER),
          Map.entry("java/util/Set.copyOf", HASH_ORDER),
          Map.entry("java/util/Map.of", HASH_ORDER),
          Map.entry("java/util/Map.ofEntries", HASH_ORDER),
          Map.entry("java/util/Map.copyOf", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.toSet", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.groupingBy", HASH_ORDER),
          Map.entry("java/util/stream/BaseStream.parallel", THREADS),
          Map.entry("java/util/stream/Stream.parallel", THREADS),
          Map.entry("java/util/stream/IntStream.parallel", THREADS),
          Map.entry("java/util/stream/LongStream.parallel", THREADS),
          Map.entry("java/util/Collection.parallelStream", THREADS),
          Map.entry("java/lang/Integer.getInteger", OUTSIDE),
          Map.entry("java/lang/Long.getLong", OUTSIDE),
          Map.entry("java/lang/Boolean.getBoolean", OUTSIDE));

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("java/util/Random", RANDOM),
          Map.entry("java/util/SplittableRandom", RANDOM),
          Map.entry("java/util/UUID", RANDOM),
          Map.entry("java/util/HashMap", HASH_ORDER),
          Map.entry("java/util/HashSet", HASH_ORDER),
          Map.entry("java/util/IdentityHashMap", HASH_ORDER),
          Map.entry("java/util/WeakHashMap", HASH_ORDER),
          Map.entry("java/lang/Thread", THREADS),
          Map.entry("java/lang/ThreadLocal", THREADS));

  /** Packages, each for all that is in it and below. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "java/time/", CLOCK,
          "java/util/concurrent/", THREADS,
          "java/io/", OUTSIDE,
          "java/nio/", OUTSIDE,
          "java/net/", OUTSIDE,
          "java/util/random/", RANDOM);

  private final Set<String> own;

  /**
   * @param own the classes of the design itself, by the names of class files
   */
  Vocabulary(Set<String> own) {
    this.own = Set.copyOf(own);
  }

  /** {@return why a method or a field of a class must not be used; null if it may be} */
  @Nullable String refuses(String owner, String member) {
    if (owner.startsWith("[") || own.contains(owner)) {
      return ownMember(owner, member);
    }
    String reason = REASONS.get(owner + "." + member);
    if (reason != null) {
      return reason;
    }
    if (OURS.contains(packageOf(owner))) {
      return ours(owner, member);
    }
    boolean allowed =
        JDK.contains(owner)
            || isException(owner)
            || owner.startsWith("java/util/function/")
            || (owner + "." + member).equals("java/lang/System.arraycopy")
            || (owner + "." + member).equals("java/lang/Class.desiredAssertionStatus");
    return allowed ? null : elsewhere(owner);
  }

  private static @Nullable String ownMember(String owner, String member) {
    // A record says what its hash is; of another class nobody knows here.
    return owner.startsWith("[") && member.equals("hashCode") ? IDENTITY : null;
  }

  private static @Nullable String ours(String owner, String member) {
    boolean makes =
        member.equals("<init>")
            && (owner.equals("dev/lazymm/machine/Memory")
                || owner.equals("dev/lazymm/kernel/Kernel"));
    if (makes || DRIVERS.contains(outer(owner))) {
      return "makes a computer of its own: a design is part of the one it is given";
    }
    return member.equals("hashCode") ? IDENTITY : null;
  }

  private static String elsewhere(String owner) {
    if (CLASSES.get(outer(owner)) instanceof String reason) {
      return reason;
    }
    return PACKAGES.entrySet().stream()
        .filter(p -> owner.startsWith(p.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(
            owner.startsWith("java/lang/System") || owner.startsWith("java/lang/Runtime")
                ? OUTSIDE
                : "is not among what design code may use");
  }

  /** {@return whether a value of this class never changes, or is a cell or made of cells} */
  boolean isStateless(String owner) {
    return own.contains(owner)
        || packageOf(owner).startsWith("dev/lazymm/kernel")
        || STATELESS.contains(owner);
  }

  private static final Set<String> STATELESS =
      Stream.concat(
              names(
                  "java/lang/",
                  "String Integer Long Short Byte Character Boolean Float Double Class")
                  .stream(),
              names(
                  "dev/lazymm/machine/",
                  "Cell Ref Lock CpuMask Slab Memory Site Hold Ipi KObject PerCpu Ordering Cond"
                      + " Rmw")
                  .stream())
          .collect(Collectors.toUnmodifiableSet());

  /** {@return whether a class of the design may extend this one} */
  static boolean mayBeExtended(String owner) {
    return OURS.contains(packageOf(owner))
        || List.of("java/lang/Object", "java/lang/Record", "java/lang/Enum").contains(owner)
        || isException(owner);
  }

  private static boolean isException(String owner) {
    return owner.startsWith("java/")
        && (owner.endsWith("Exception")
            || owner.endsWith("Error")
            || owner.equals("java/lang/Throwable"));
  }

  static String packageOf(String owner) {
    return owner.substring(0, Math.max(0, owner.lastIndexOf('/')));
  }

  private static String outer(String owner) {
    int dollar = owner.indexOf('$');
    return dollar < 0 ? owner : owner.substring(0, dollar);
  }

  private static Set<String> names(String prefix, String words) {
    return Stream.of(words.split(" +")).map(prefix::concat).collect(Collectors.toUnmodifiableSet());
  }
}
