package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.Arrays;

/**
 * The IPIs that one CPU sends and takes. An IPI is a SEND event, taken by a poll of its target; a
 * sender that waits for the handler awaits a count that the target stores when it is done (the lock
 * bit of call_single_data).
 */
final class Ipis {
  private final Explorer explorer;
  private final Growth growth;
  private final CheckCpu cpu;
  private final Cursor cursor;
  private final Interrupts interrupts;
  private final Accesses accesses;

  /** How many IPIs that it waits for this CPU has sent to each other. */
  private final int[] waitingSends;

  Ipis(
      Explorer explorer,
      Growth growth,
      CheckCpu cpu,
      Cursor cursor,
      Interrupts interrupts,
      Accesses accesses) {
    this.explorer = explorer;
    this.growth = growth;
    this.cpu = cpu;
    this.cursor = cursor;
    this.interrupts = interrupts;
    this.accesses = accesses;
    waitingSends = new int[explorer.program().memory().cpus()];
  }

  /** A new run: nothing is sent. */
  void begin() {
    Arrays.fill(waitingSends, 0);
  }

  /** Interrupts the CPUs of a mask, calls the handler here if this one is in it, then waits. */
  void send(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    int id = cpu.id();
    for (int t = 0; t < waitingSends.length; t++) {
      if (t != id && isIn(mask, t)) {
        int sequence = wait ? ++waitingSends[t] : 0;
        send(t, new Send(ipi, info, wait ? id : -1, sequence), site);
      }
    }
    if (isIn(mask, id)) {
      boolean wereOff = interrupts.areOff();
      interrupts.disable();
      ipi.handler().run(cpu, info);
      interrupts.restore(wereOff);
    }
    for (int t = 0; wait && t < waitingSends.length; t++) {
      if (t != id && isIn(mask, t)) {
        Cell done = explorer.completion(id, t);
        accesses.await( // csd_lock_wait
            done, Cond.GE, waitingSends[t], Ordering.ACQUIRE, Graph.ACQUIRE, site);
      }
    }
  }

  private static boolean isIn(long[] mask, int t) {
    return (mask[t >>> 6] & CpuMask.bit(t)) != 0;
  }

  private void send(int target, Send send, Site site) {
    interrupts.poll();
    int e = cursor.take(Kind.SEND, target);
    if (e == Graph.NONE) {
      e = growth.send(cpu.id(), target, send, interrupts.flags(0));
      cursor.skip();
    }
    accesses.tell(e, "send", null, target, site);
  }

  /** Runs the handler of the SEND that a poll takes, with interrupts off. */
  void handle(int poll) {
    Graph graph = cursor.graph();
    if (!(graph.payload[graph.rf[poll]] instanceof Send send)) {
      throw new IllegalStateException("a SEND without payload");
    }
    accesses.tell(poll, "irq", null, 0, null);
    send.ipi().handler().run(cpu, send.info());
    if (send.sender() >= 0) {
      accesses.store(
          explorer.completion(send.sender(), cpu.id()), send.sequence(), Graph.RELEASE, null);
    }
    accesses.tell(Graph.NONE, "iret", null, 0, null);
  }
}
