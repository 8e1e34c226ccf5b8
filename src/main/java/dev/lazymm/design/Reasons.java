package dev.lazymm.design;

import java.util.Map;

/**
 * What design code must not call although it is near what it may call, and why not. Names are those
 * of class files.
 */
final class Reasons {
  static final String CLOCK = "reads a clock: a run that is repeated reads another time";
  static final String RANDOM = "draws a random number: a repeated run draws another one";
  static final String IDENTITY =
      "asks for an identity hash: it differs from one start of lazymm to the next";
  static final String HASH_ORDER = "may depend on the order of hashes, which is not fixed";
  static final String THREADS = "deals in threads: what runs beside it is a CPU's script";
  static final String ENDLESS = "may never end, and no step of it can be counted";
  static final String COUNTS = "counts what was made so far: a repeated run finds another number";
  static final String TRACE = "keeps or shows what is no part of a kernel";
  static final String OUTSIDE = "reaches outside: a design is run millions of times";

  /** Why a member must not be used. */
  static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("java/lang/System.nanoTime", CLOCK),
          Map.entry("java/lang/System.currentTimeMillis", CLOCK),
          Map.entry("java/lang/System.identityHashCode", IDENTITY),
          Map.entry("java/lang/Object.hashCode", IDENTITY),
          Map.entry("java/lang/Object.toString", IDENTITY),
          Map.entry("java/lang/Enum.hashCode", IDENTITY),
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
          Map.entry("java/util/stream/Collectors.toMap", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.toUnmodifiableMap", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.toUnmodifiableSet", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.groupingBy", HASH_ORDER),
          Map.entry("java/util/stream/Collectors.groupingByConcurrent", THREADS),
          Map.entry("java/util/stream/Collectors.toConcurrentMap", THREADS),
          Map.entry("java/util/stream/Stream.generate", ENDLESS),
          Map.entry("java/util/stream/Stream.iterate", ENDLESS),
          Map.entry("java/util/stream/IntStream.generate", ENDLESS),
          Map.entry("java/util/stream/IntStream.iterate", ENDLESS),
          Map.entry("java/util/stream/LongStream.generate", ENDLESS),
          Map.entry("java/util/stream/LongStream.iterate", ENDLESS),
          Map.entry("java/util/stream/LongStream.range", ENDLESS),
          Map.entry("java/util/stream/LongStream.rangeClosed", ENDLESS),
          Map.entry("java/util/Collections.nCopies", ENDLESS),
          Map.entry("java/lang/String.matches", ENDLESS),
          Map.entry("java/lang/String.replaceAll", ENDLESS),
          Map.entry("java/lang/String.replaceFirst", ENDLESS),
          Map.entry("java/lang/String.split", ENDLESS),
          Map.entry("java/lang/String.splitWithDelimiters", ENDLESS),
          Map.entry("dev/lazymm/machine/Memory.cellCount", COUNTS),
          Map.entry("dev/lazymm/machine/Memory.objectCount", COUNTS),
          Map.entry("dev/lazymm/machine/KObject.cells", COUNTS),
          Map.entry("dev/lazymm/machine/KObject.parts", COUNTS),
          Map.entry("java/util/stream/BaseStream.parallel", THREADS),
          Map.entry("java/util/stream/Stream.parallel", THREADS),
          Map.entry("java/util/stream/IntStream.parallel", THREADS),
          Map.entry("java/util/stream/LongStream.parallel", THREADS),
          Map.entry("java/util/Collection.parallelStream", THREADS),
          Map.entry("java/lang/Integer.getInteger", OUTSIDE),
          Map.entry("java/lang/Long.getLong", OUTSIDE),
          Map.entry("java/lang/Boolean.getBoolean", OUTSIDE));

  /** Why nothing of a class must be used. */
  static final Map<String, String> CLASSES =
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

  private Reasons() {}
}
