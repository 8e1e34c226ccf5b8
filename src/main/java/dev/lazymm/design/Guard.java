package dev.lazymm.design;

import dev.lazymm.kernel.LazyMm;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final int line;
  private final History history = new History();
  private final Map<Ipi, Ipi> ipis = new HashMap<>();
  private final Map<String, Object> answers = new ConcurrentHashMap<>();

  private Guard(LazyMm design, DesignLoader loader, int line) {
    this.design = design;
    this.loader = loader;
    this.line = line;
  }

  /**
   * {@return the design, guarded}
   *
   * @param line where its class is declared, for what has no line of its own
   */
  static LazyMm guard(LazyMm design, DesignLoader loader, int line) {
    return (LazyMm)
        Proxy.newProxyInstance(
            Guard.class.getClassLoader(),
            new Class<?>[] {LazyMm.class},
            new Guard(design, loader, line));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(design, args);
    }
    if (args == null) {
      return ask(method);
    }
    if (!(args[0] instanceof Cpu cpu) || Visit.isWatched(cpu)) {
      return inside(method, args);
    }
    Object[] own = args.clone();
    List<?> with = History.values(Arrays.copyOfRange(args, 1, args.length));
    Visit visit = new Visit(this, cpu, method.getName(), with);
    own[0] = visit.cpu();
    Object result;
    try {
      result = method.invoke(design, own);
    } catch (InvocationTargetException e) {
      throw visit.failed(cause(e));
    }
    visit.returned(result);
    return result;
  }

  /** A question without a CPU: what the design is called, whether it counts. */
  private Object ask(Method method) throws Throwable {
    Watch.current().reset();
    Object answer;
    try {
      answer = method.invoke(design);
    } catch (InvocationTargetException e) {
      throw failure(cause(e));
    }
    if (answer == null) {
      throw error(method.getName() + "() is null", "an answer");
    }
    Object first = answers.putIfAbsent(method.getName(), answer);
    if (first != null && !first.equals(answer)) {
      throw error(
          "%s() is %s, and the first time it was %s".formatted(method.getName(), answer, first),
          "the same answer always");
    }
    return answer;
  }

  /** A call inside a visit: kernel code that the design called asks the design. */
  private @Nullable Object inside(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(design, args);
    } catch (InvocationTargetException e) {
      throw cause(e);
    }
  }

  static Throwable cause(InvocationTargetException e) {
    return e.getCause() instanceof Throwable cause ? cause : e;
  }

  /** {@return an error that belongs to the design as a whole} */
  DesignException error(String what, String expected) {
    return source().error(line, what, expected);
  }

  History history() {
    return history;
  }

  DesignSource source() {
    return loader.source();
  }

  /** {@return what leaves the design in place of a failure of its own} */
  Throwable failure(Throwable e) {
    return failure(loader, line, e);
  }

  /**
   * An exception is what the code does there, as a NULL pointer is in the kernel: a finding of the
   * checker. What depends on this JVM, as how deep a stack may be, says nothing of the design.
   */
  static Throwable failure(DesignLoader loader, int line, Throwable e) {
    return switch (e) {
      case DesignException refused -> refused;
      case StackOverflowError _ ->
          error(loader, line, e, "this calls itself without end", "a recursion that ends");
      case OutOfMemoryError _ ->
          error(loader, line, e, "this takes all memory of the JVM", "a design that needs less");
      case LinkageError _ ->
          error(
              loader, line, e, "this cannot be linked: " + e, "only what kernel and machine offer");
      default -> new DesignFailure(loader.placeOf(e).map(Object::toString).orElse("a design"), e);
    };
  }

  private static DesignException error(
      DesignLoader loader, int line, Throwable e, String what, String expected) {
    return loader
        .placeOf(e)
        .map(place -> place.error(what, expected))
        .orElseGet(() -> loader.source().error(line, what, expected)); // a trace has an end
  }

  static RuntimeException unchecked(Throwable e) {
    return switch (e) {
      case RuntimeException r -> r;
      case Error error -> throw error;
      default -> new IllegalStateException(e);
    };
  }

  /** {@return arguments in which every IPI is watched} */
  @Nullable Object @Nullable [] wrapIpis(@Nullable Object @Nullable [] args) {
    if (args == null) {
      return null;
    }
    for (int i = 0; i < args.length; i++) { // the proxy made the array for this call alone
      if (args[i] instanceof Ipi ipi) {
        args[i] = wrapped(ipi);
      }
    }
    return args;
  }

  private synchronized Ipi wrapped(Ipi ipi) {
    return ipis.computeIfAbsent(ipi, this::watched);
  }

  private Ipi watched(Ipi ipi) {
    if (ipis.size() >= MOST_IPIS) {
      String what = "this makes the Ipi \"%s\" anew for each call".formatted(ipi.name());
      String expected = "a final field for it; what its handler is to know goes into info";
      throw DesignLoader.here()
          .map(here -> here.error(what, expected))
          .orElseGet(() -> error(what, expected));
    }
    return Visit.watched(ipi, this);
  }
}
