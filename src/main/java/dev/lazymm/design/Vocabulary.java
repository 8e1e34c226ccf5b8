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

  private static final Set<String> OF_EXCEPTIONS =
      Set.of("<init>", "getMessage", "getCause", "toString");

  /** Packages, each for all that is in it and below. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "java/time/", Reasons.CLOCK,
          "java/util/concurrent/", Reasons.THREADS,
          "java/io/", Reasons.OUTSIDE,
          "java/nio/", Reasons.OUTSIDE,
          "java/net/", Reasons.OUTSIDE,
          "java/util/random/", Reasons.RANDOM);

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
    String reason = Reasons.MEMBERS.get(owner + "." + member);
    if (reason != null) {
      return reason;
    }
    if (OURS.contains(packageOf(owner))) {
      return ours(owner, member);
    }
    if (isException(owner)) { // its trace and what it suppresses can be written to
      return OF_EXCEPTIONS.contains(member) ? null : Reasons.TRACE;
    }
    if (owner.equals("java/util/Arrays") && member.startsWith("parallel")) {
      return Reasons.THREADS;
    }
    boolean allowed =
        JDK.contains(owner)
            || owner.startsWith("java/util/function/")
            || (owner + "." + member).equals("java/lang/System.arraycopy")
            || (owner + "." + member).equals("java/lang/Class.desiredAssertionStatus");
    return allowed ? null : elsewhere(owner);
  }

  private static @Nullable String ownMember(String owner, String member) {
    // A record says what its hash is; of another class nobody knows here.
    return owner.startsWith("[") && member.equals("hashCode") ? Reasons.IDENTITY : null;
  }

  private static @Nullable String ours(String owner, String member) {
    boolean makes =
        member.equals("<init>")
            && (owner.equals("dev/lazymm/machine/Memory")
                || owner.equals("dev/lazymm/kernel/Kernel"));
    if (makes || DRIVERS.contains(outer(owner))) {
      return "makes a computer of its own: a design is part of the one it is given";
    }
    return member.equals("hashCode") || (member.equals("toString") && !hasText(owner))
        ? Reasons.IDENTITY
        : null;
  }

  /** {@return whether the text of a class of ours says more than which object it is} */
  private static boolean hasText(String owner) {
    try {
      Class<?> type =
          Class.forName(owner.replace('/', '.'), false, Vocabulary.class.getClassLoader());
      return type.getMethod("toString").getDeclaringClass() != Object.class;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false; // an interface: it has no text of its own
    }
  }

  private static String elsewhere(String owner) {
    if (Reasons.CLASSES.get(outer(owner)) instanceof String reason) {
      return reason;
    }
    return PACKAGES.entrySet().stream()
        .filter(p -> owner.startsWith(p.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(
            owner.startsWith("java/lang/System") || owner.startsWith("java/lang/Runtime")
                ? Reasons.OUTSIDE
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
    return (OURS.contains(packageOf(owner)) && !owner.equals("dev/lazymm/kernel/Kernel"))
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
