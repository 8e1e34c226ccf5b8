package dev.lazymm.check.faults;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;

/** A CPU that does everything as another does it; a fault overrides the operation it spoils. */
public abstract class ForwardingCpu implements Cpu {
  protected final Cpu cpu;

  protected ForwardingCpu(Cpu cpu) {
    this.cpu = cpu;
  }

  @Override
  public int id() {
    return cpu.id();
  }

  @Override
  public int cpus() {
    return cpu.cpus();
  }

  @Override
  public long readOnce(Cell cell) {
    return cpu.readOnce(cell);
  }

  @Override
  public void writeOnce(Cell cell, long value) {
    cpu.writeOnce(cell, value);
  }

  @Override
  public long read(Cell cell) {
    return cpu.read(cell);
  }

  @Override
  public void write(Cell cell, long value) {
    cpu.write(cell, value);
  }

  @Override
  public long loadAcquire(Cell cell, Site site) {
    return cpu.loadAcquire(cell, site);
  }

  @Override
  public void storeRelease(Cell cell, long value, Site site) {
    cpu.storeRelease(cell, value, site);
  }

  @Override
  public long rcuDereference(Cell cell) {
    return cpu.rcuDereference(cell);
  }

  @Override
  public long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    return cpu.rmw(op, cell, operand, expected, ordering, site);
  }

  @Override
  public void smpMb(Site site) {
    cpu.smpMb(site);
  }

  @Override
  public void smpRmb(Site site) {
    cpu.smpRmb(site);
  }

  @Override
  public void smpWmb(Site site) {
    cpu.smpWmb(site);
  }

  @Override
  public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
    return cpu.await(cell, cond, operand, ordering, site);
  }

  @Override
  public void lock(Lock lock, Site site) {
    cpu.lock(lock, site);
  }

  @Override
  public boolean isHeld(Lock lock) {
    return cpu.isHeld(lock);
  }

  @Override
  public boolean inSoftirq() {
    return cpu.inSoftirq();
  }

  @Override
  public void unlock(Lock lock, Site site) {
    cpu.unlock(lock, site);
  }

  @Override
  public void rcuReadLock() {
    cpu.rcuReadLock();
  }

  @Override
  public void rcuReadUnlock() {
    cpu.rcuReadUnlock();
  }

  @Override
  public void synchronizeRcu(Site site) {
    cpu.synchronizeRcu(site);
  }

  @Override
  public void callRcu(Ipi callback, KObject info, Site site) {
    cpu.callRcu(callback, info, site);
  }

  @Override
  public void depends(Dependency kind, Cell read, Site site) {
    cpu.depends(kind, read, site);
  }

  @Override
  public void irqDisable(Site site) {
    cpu.irqDisable(site);
  }

  @Override
  public void irqEnable(Site site) {
    cpu.irqEnable(site);
  }

  @Override
  public boolean irqsDisabled() {
    return cpu.irqsDisabled();
  }

  @Override
  public void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
    cpu.onEachCpu(cpus, ipi, info, wait, site);
  }

  @Override
  public void preemptPoint(String name) {
    cpu.preemptPoint(name);
  }

  @Override
  public void loadRoot(KObject root, Site site) {
    cpu.loadRoot(root, site);
  }

  @Override
  public void loadRoot(KObject root, int tag, boolean flush, Site site) {
    cpu.loadRoot(root, tag, flush, site);
  }

  @Override
  public void flushTlbRange(KObject range, Site site) {
    cpu.flushTlbRange(range, site);
  }

  @Override
  public void pteChanged(KObject range) {
    cpu.pteChanged(range);
  }

  @Override
  public void flushed(KObject range) {
    cpu.flushed(range);
  }

  @Override
  public void tlbSlot(int tag, KObject mm, long id, long generation) {
    cpu.tlbSlot(tag, mm, id, generation);
  }

  @Override
  public void backToUser() {
    cpu.backToUser();
  }

  @Override
  public void dropRoot(Site site) {
    cpu.dropRoot(site);
  }

  @Override
  public boolean hasRoot(KObject root) {
    return cpu.hasRoot(root);
  }

  @Override
  public void flushTlbLocal(Site site) {
    cpu.flushTlbLocal(site);
  }

  @Override
  public void flushTlbBroadcast(Site site) {
    cpu.flushTlbBroadcast(site);
  }

  @Override
  public void flushTlbBroadcast(int tag, Site site) {
    cpu.flushTlbBroadcast(tag, site);
  }

  @Override
  public <T extends KObject> T alloc(Slab<T> slab, String label) {
    return cpu.alloc(slab, label);
  }

  @Override
  public void free(KObject object) {
    cpu.free(object);
  }

  @Override
  public void hold(Hold register, KObject object) {
    cpu.hold(register, object);
  }

  @Override
  public void release(Hold register) {
    cpu.release(register);
  }

  @Override
  public void enterUser(KObject root) {
    cpu.enterUser(root);
  }

  @Override
  public void warnOn(boolean bad, String what) {
    cpu.warnOn(bad, what);
  }

  @Override
  public void unlink(KObject table) {
    cpu.unlink(table);
  }

  @Override
  public void action(String text) {
    cpu.action(text);
  }

  @Override
  public void step(String name) {
    cpu.step(name);
  }
}
