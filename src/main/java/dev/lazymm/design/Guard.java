package dev.lazymm.design;

import dev.lazymm.kernel.LazyMm;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a kernel and a design of one's own: every call of the design is a {@link Visit}.
 * One for each kernel; a generic proxy, so that no hook of {@link LazyMm} can be forgotten.
 */
final class Guard implements InvocationHandler {
  /** How often one call of a design may call the machine, besides {@link #CALLS_A_CPU}. */
  static final int CALLS = 400;

  /** How often for each CPU of the computer: a design may look at all of them. */
  static final int CALLS_A_CPU = 50;

  private static final int MOST_IPIS = 64;

  private final LazyMm design;
  private final DesignLoader loader;
  private final History history = new History();
  private final Map<Ipi, Ipi> ipis = new IdentityHashMap<>();

  private Guard(LazyMm design, DesignLoader loader) {
    this.design = design;
    this.loader = loader;
  }

  /** {@return the design, guarded} */
  static LazyMm guard(LazyMm design, DesignLoader loader) {
    return (LazyMm)
        Proxy.newProxyInstance(
            Guard.class.getClassLoader(),
            new Class<?>[] {LazyMm.class},
            new Guard(design, loader));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (args == null || !(args[0] instanceof Cpu cpu) || Visit.isWatched(cpu)) {
      return call(method, args);
    }
    Object[] own = args.clone();
    List<?> with = History.values(Arrays.copyOfRange(args, 1, args.length));
    Visit visit = new Visit(this, cpu, method.getName(), with);
    own[0] = visit.cpu();
    Object result;
    try {
      result = method.invoke(design, own);
    } catch (InvocationTargetException e) {
      throw visit.failed(e.getCause());
    }
    visit.returned(result);
    return result;
  }

  /** A call without a CPU, or one inside a visit. */
  private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
    try {
      return method.invoke(design, args);
    } catch (InvocationTargetException e) {
      throw args == null ? failure(e.getCause()) : e.getCause();
    }
  }

  History history() {
    return history;
  }

  DesignSource source() {
    return loader.source();
  }

  /** {@return what leaves the design in place of a failure of its own} */
  Throwable failure(Throwable e) {
    return failure(loader, e);
  }

  /**
   * An exception is what the code does there, as a NULL pointer is in the kernel: a finding of the
   * checker. What depends on this JVM, as how deep a stack may be, says nothing of the design.
   */
  static Throwable failure(DesignLoader loader, Throwable e) {
    return switch (e) {
      case DesignException refused -> refused;
      case StackOverflowError _ ->
          error(loader, e, "this calls itself without end", "a recursion that ends");
      case OutOfMemoryError _ ->
          error(loader, e, "this takes all memory of the JVM", "a design that needs less");
      case LinkageError _ ->
          error(loader, e, "this cannot be linked: " + e, "only what kernel and machine offer");
      default -> new Failure(loader.placeOf(e).map(Object::toString).orElse("a design"), e);
    };
  }

  private static DesignException error(
      DesignLoader loader, Throwable e, String what, String expected) {
    return loader
        .placeOf(e)
        .map(place -> place.error(what, expected))
        .orElseGet(() -> loader.source().error(what, expected));
  }

  /** The design's code has thrown. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String place, Throwable e) {
      super("%s: %s".formatted(place, describe(e)), e);
    }

    private static String describe(Throwable e) {
      String name = e.getClass().getSimpleName();
      return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }
  }

  static RuntimeException unchecked(Throwable e) {
    return switch (e) {
      case RuntimeException r -> r;
      case Error error -> throw error;
      default -> new IllegalStateException(e);
    };
  }

  /** {@return arguments in which every IPI is watched} */
  synchronized Object @Nullable [] wrapIpis(Object @Nullable [] args) {
    if (args == null || Arrays.stream(args).noneMatch(Ipi.class::isInstance)) {
      return args;
    }
    List<@Nullable Object> own = new ArrayList<>();
    for (Object arg : args) {
      own.add(arg instanceof Ipi ipi ? ipis.computeIfAbsent(ipi, this::watched) : arg);
    }
    return own.toArray();
  }

  private Ipi watched(Ipi ipi) {
    if (ipis.size() >= MOST_IPIS) {
      String what = "this makes the Ipi \"%s\" anew for each call".formatted(ipi.name());
      String expected = "a final field for it; what its handler is to know goes into info";
      throw DesignLoader.here()
          .map(here -> here.error(what, expected))
          .orElseGet(() -> source().error(what, expected));
    }
    return Visit.watched(ipi, this);
  }
}
