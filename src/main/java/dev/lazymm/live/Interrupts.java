package dev.lazymm.live;

import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * The interrupt flag of one CPU, and its IPIs: messages, taken before each operation at which
 * interrupts are on and whenever the CPU waits. There is no other interrupt. Owned by the CPU's
 * thread; anyone may send.
 */
final class Interrupts {
  private final LiveMachine machine;
  private final LiveCpu cpu;
  private final Mailbox mailbox = new Mailbox();
  private boolean off;
  private boolean inHandler;
  private long sent;

  Interrupts(LiveMachine machine, LiveCpu cpu) {
    this.machine = machine;
    this.cpu = cpu;
  }

  /** A new round: interrupts are on, no IPI is on its way. */
  void reset() {
    off = false;
    inHandler = false;
    mailbox.takeAll();
  }

  void disable() {
    off = true;
  }

  void enable() {
    off = false;
  }

  /** {@return whether none can come here} */
  boolean areOff() {
    return off || inHandler;
  }

  /** {@return how many IPIs were sent since the machine was made} */
  long sent() {
    return sent;
  }

  /** Runs the handlers of what has arrived, if interrupts are on. */
  void take() {
    while (!areOff() && !mailbox.isEmpty()) {
      for (Mailbox.Message m = mailbox.takeAll(); m != null; m = m.next()) {
        inHandler = true;
        m.ipi.handler().run(cpu, m.info);
        inHandler = false;
        off = false; // iret: whatever the handler did to the flag, it was on
        m.finish();
      }
    }
  }

  /** Interrupts the CPUs of a mask, calls the handler here if this one is in it, then waits. */
  void send(long[] mask, Ipi ipi, KObject info, boolean wait, Steps steps, Site site) {
    List<Mailbox.Message> messages = new ArrayList<>();
    for (int target = 0; target < machine.cpus(); target++) {
      if (target != cpu.id() && isIn(mask, target)) {
        messages.add(post(target, ipi, info));
        sent++;
      }
    }
    if (isIn(mask, cpu.id())) {
      boolean wereOff = off;
      off = true;
      ipi.handler().run(cpu, info);
      off = wereOff;
    }
    if (wait) {
      awaitAll(messages, steps, site);
    }
  }

  /** Waits until each other CPU was where interrupts are on, and has run the handler; no IPI. */
  void askOthers(Ipi question, Steps steps, Site site) {
    KObject nothing = machine.memory().object(1); // handlers are handed something
    List<Mailbox.Message> messages = new ArrayList<>();
    for (int target = 0; target < machine.cpus(); target++) {
      if (target != cpu.id()) {
        messages.add(post(target, question, nothing));
      }
    }
    awaitAll(messages, steps, site);
  }

  private Mailbox.Message post(int target, Ipi ipi, KObject info) {
    Mailbox.Message message = new Mailbox.Message(ipi, info, target);
    machine.cpu(target).interrupts().mailbox.post(message);
    return message;
  }

  private static void awaitAll(List<Mailbox.Message> messages, Steps steps, Site site) {
    for (Mailbox.Message m : messages) {
      steps.waitUntil(
          m::isDone, () -> "for CPU %d to run %s (%s)".formatted(m.target, m.ipi, site));
    }
  }

  private static boolean isIn(long[] mask, int cpu) {
    return (mask[cpu >>> 6] & CpuMask.bit(cpu)) != 0;
  }
}
