package dev.lazymm.design;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.SequentialMachine;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a CPU in design code, from the kernel's call to its end: the {@link Cpu} that the
 * design sees. It does what the real one does, and watches that the design does what it did when it
 * knew the same, that it ends, and that it lets the machine's exceptions through. Owned by the
 * thread that runs the CPU.
 */
final class Visit implements InvocationHandler {
  private final Guard guard;
  private final Watch watch;
  private final Cpu machine;
  private final int mostCalls;
  private long known;
  private int calls;
  private @Nullable Throwable thrown;
  private DesignLoader.@Nullable Place thrownAt;

  /**
   * @param what the kernel calls, {@code mmgrab_lazy_tlb} as Java spells it
   * @param with the arguments but for the CPU
   */
  Visit(Guard guard, Cpu machine, String what, List<?> with) {
    this.guard = guard;
    this.machine = machine;
    watch = Watch.current();
    watch.reset();
    mostCalls = Guard.CALLS + Guard.CALLS_A_CPU * machine.cpus();
    known = History.and(machine.id(), what, with);
  }

  /** {@return the CPU for the design} */
  Cpu cpu() {
    return (Cpu)
        Proxy.newProxyInstance(Visit.class.getClassLoader(), new Class<?>[] {Cpu.class}, this);
  }

  /** {@return whether a CPU is one that a design was given} */
  static boolean isWatched(Cpu cpu) {
    return Proxy.isProxyClass(cpu.getClass()) && Proxy.getInvocationHandler(cpu) instanceof Visit;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(machine, args);
    }
    String name = method.getName();
    List<?> with = History.values(args);
    before(name, with);
    passOnNull(method, args);
    Object answer;
    try {
      answer = method.invoke(machine, guard.wrapIpis(args));
    } catch (InvocationTargetException e) {
      throw fromTheMachine(Guard.cause(e));
    }
    watch.reset();
    known = History.and(known, name, with, answer);
    return answer;
  }

  private void before(String name, List<?> with) {
    watch.passOnRefusal();
    watch.reset();
    if (thrown != null) {
      throw swallowed();
    }
    if (++calls > mostCalls) {
      throw refuse(
          "this calls the machine for ever: %d calls in one call of the design"
              .formatted(mostCalls),
          "cpu.await(cell, Cond, value, ...), which waits for another CPU, in place of a loop");
    }
    compare(name, with);
  }

  /** A pointer may be NULL; which cell, which site and which order may not. */
  private void passOnNull(Method method, Object @Nullable [] args) {
    for (int i = 0; args != null && i < args.length; i++) {
      if (args[i] == null && !KObject.class.isAssignableFrom(method.getParameterTypes()[i])) {
        String type = method.getParameterTypes()[i].getSimpleName();
        throw refuse("%s is called with null for its %s".formatted(method.getName(), type), type);
      }
    }
  }

  private void compare(String what, List<?> with) {
    History.Did first = guard.history().differs(known, what, with, Visit::line);
    if (first != null) {
      String lines = first.line() > 0 ? " at line " + first.line() : "";
      int line = line() > 0 ? line() : first.line();
      String differs =
          "run again with the same answers of the machine, this does something else:%n  %s"
                  .formatted(History.text(what, with))
              + ", and the first time%s %s".formatted(lines, first);
      String expected = "all state in cells, and no clock, random number or identity hash";
      throw watch.refuse(
          line > 0
              ? guard.source().error(line, differs, expected)
              : guard.error(differs, expected));
    }
  }

  /** Whatever the machine throws is meant for who runs it, not for the design. */
  private Throwable fromTheMachine(Throwable e) {
    if (e instanceof DesignException) {
      return e;
    }
    if (e instanceof Refusal) {
      return refuse("run again, this does something else: " + e.getMessage(), "all state in cells");
    }
    if (e.getStackTrace().length > 0
        && e.getStackTrace()[0].getClassName().startsWith(SequentialMachine.class.getName())) {
      return refuse(
          "outside the checker nobody else runs meanwhile: " + e.getMessage(),
          "no wait at boot, nor in what replay runs");
    }
    thrown = e;
    thrownAt = DesignLoader.here().orElse(null);
    return e;
  }

  /** The design came back to the kernel. */
  void returned(@Nullable Object result) {
    watch.passOnRefusal();
    watch.reset();
    if (thrown != null) {
      throw swallowed();
    }
    compare("return", History.values(new Object[] {result}));
  }

  /** {@return what leaves the design in place of what it threw} */
  Throwable failed(Throwable e) {
    if (e instanceof DesignException) {
      return e;
    }
    watch.passOnRefusal();
    watch.reset();
    if (thrown != null) {
      return e == thrown ? e : swallowed();
    }
    return guard.failure(e);
  }

  private DesignException swallowed() {
    DesignLoader.Place at = thrownAt;
    String what = "the machine stopped the script in this call, and an exception handler hid it";
    String expected = "no catch and no finally around calls of the machine";
    return watch.refuse(at == null ? guard.error(what, expected) : at.error(what, expected));
  }

  private DesignException refuse(String what, String expected) {
    return watch.refuse(
        DesignLoader.here()
            .map(here -> here.error(what, expected))
            .orElseGet(() -> guard.error(what, expected)));
  }

  private static int line() {
    return DesignLoader.here().map(DesignLoader.Place::line).orElse(0);
  }

  /** {@return an IPI whose handler is a visit of its own} */
  static Ipi watched(Ipi ipi, Guard guard) {
    return new Ipi(
        ipi.name(),
        (cpu, info) -> {
          if (isWatched(cpu)) {
            ipi.handler().run(cpu, info);
            return;
          }
          Visit visit = new Visit(guard, cpu, ipi.name(), List.of(info));
          try {
            ipi.handler().run(visit.cpu(), info);
          } catch (RuntimeException | Error e) {
            throw Guard.unchecked(visit.failed(e));
          }
          visit.returned(null);
        });
  }
}
