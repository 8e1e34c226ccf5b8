package dev.lazymm.live;

import dev.lazymm.machine.Cpu;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A CPU that sends IPIs and does not wait for them; all else is another's. */
final class NotWaiting {
  private static final int WAIT = 3; // the argument of onEachCpu

  private NotWaiting() {}

  static Cpu on(Cpu cpu) {
    return (Cpu)
        Proxy.newProxyInstance(
            Cpu.class.getClassLoader(),
            new Class<?>[] {Cpu.class},
            (proxy, method, given) -> {
              @Nullable Object[] arguments = given == null ? new Object[0] : given;
              if (method.getName().equals("onEachCpu")) {
                arguments[WAIT] = false;
              }
              try {
                return method.invoke(cpu, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
