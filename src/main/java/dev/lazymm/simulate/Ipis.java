package dev.lazymm.simulate;

import dev.lazymm.cost.Prices;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * The IPIs that one CPU sends and takes. Each has a line, the call_single_data that the sender
 * writes and the target reads, and writes when it is done if the sender waits.
 */
final class Ipis {
  private final Computer computer;
  private final SimulatedCpu cpu;
  private final int id;
  private final Turns turns;
  private final Interrupts interrupts;
  private final Caches caches;
  private final Counts counts;
  private final Prices prices;

  Ipis(Computer computer, SimulatedCpu cpu, Turns turns, Interrupts interrupts) {
    this.computer = computer;
    this.cpu = cpu;
    this.turns = turns;
    this.interrupts = interrupts;
    id = cpu.id();
    caches = computer.caches;
    counts = computer.counts;
    prices = computer.prices;
  }

  /** Interrupts the CPUs of a mask, calls the handler here if this one is in it, then waits. */
  void send(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
    List<Call> calls = new ArrayList<>();
    boolean here = false;
    for (int word = 0; word < mask.length; word++) {
      for (long rest = mask[word]; rest != 0; rest &= rest - 1) {
        int target = 64 * word + Long.numberOfTrailingZeros(rest);
        if (target == id) {
          here = true;
        } else if (target < computer.cpus().size()) {
          calls.add(send(target, ipi, info, wait));
        }
      }
    }
    if (here) {
      boolean wereOff = interrupts.areOff();
      interrupts.disable();
      counts.handlers++;
      ipi.handler().run(cpu, info);
      interrupts.restore(wereOff);
    }
    for (Call call : wait ? calls : List.<Call>of()) {
      awaitDone(call, site);
    }
  }

  private Call send(int target, Ipi ipi, KObject info, boolean wait) {
    Line line = computer.callLine(id, target);
    turns.point(Caches.writeHits(id, line));
    turns.until(caches.write(id, line, turns.now(), false));
    turns.spend(prices.ipiSend());
    counts.ipis++;
    Call call = new Call(cpu, ipi, info, wait, turns.now() + prices.ipiDelivery());
    computer.cpu(target).interrupts().deliver(call);
    return call;
  }

  private void awaitDone(Call call, Site site) {
    Line line = computer.callLine(id, call.target());
    turns.point(Caches.readHits(id, line));
    while (!call.isDone()) {
      turns.await(new Waiting.ForHandler(call, site));
      turns.point();
    }
    turns.until(caches.read(id, line, turns.now()));
  }

  /** Runs the handler of a call that has arrived; interrupts cannot come. */
  void handle(Call call) {
    turns.spend(prices.ipiEntry());
    counts.handlers++;
    Line line = computer.callLine(call.sender().id(), id);
    turns.until(caches.read(id, line, turns.now()));
    call.ipi().handler().run(cpu, call.info());
    if (call.waits()) {
      turns.point();
      turns.until(caches.write(id, line, turns.now(), false));
      call.done();
      if (call.sender().waiting() instanceof Waiting.ForHandler(Call awaited, _)
          && awaited == call) {
        call.sender().wake(turns.now());
      }
    }
  }
}
