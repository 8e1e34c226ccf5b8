package dev.lazymm.check;

import dev.lazymm.check.OracleStep.Act;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A partial execution under sequential consistency: all that has happened, and the state it left.
 */
final class OracleState {
  /** An untaken IPI. */
  private record Pending(OraclePlace by, List<OracleStep> body, boolean waits) {}

  /** Where a thread stands: its next own step, and whether interrupts are on on the way to it. */
  private record Next(int at, @Nullable OracleStep step, boolean open) {}

  private final Flattened program;
  private final boolean queued;
  private final OracleTrack[] tracks;
  private List<List<Pending>> pending; // by target; states share it
  private List<List<Pending>> flushed; // by target: what an interrupt has still to run; shared too
  private final @Nullable OracleWrite[] memory;
  private OracleHash fingerprint;

  private OracleState(
      Flattened program,
      boolean queued,
      OracleTrack[] tracks,
      List<List<Pending>> pending,
      List<List<Pending>> flushed,
      @Nullable OracleWrite[] memory,
      OracleHash fingerprint) {
    this.program = program;
    this.queued = queued;
    this.tracks = tracks;
    this.pending = pending;
    this.flushed = flushed;
    this.memory = memory;
    this.fingerprint = fingerprint;
  }

  /**
   * {@return the state in which nothing has happened}
   *
   * @param queued whether IPIs go through the kernel's queue, as {@link Interleavings#queued} says
   */
  static OracleState initial(Flattened program, boolean queued) {
    OracleTrack[] tracks = new OracleTrack[program.threads().size()];
    Arrays.fill(tracks, OracleTrack.START);
    return new OracleState(
        program,
        queued,
        tracks,
        Collections.nCopies(tracks.length, List.of()),
        Collections.nCopies(tracks.length, List.of()),
        new @Nullable OracleWrite[program.cells().size()],
        OracleHash.EMPTY);
  }

  /** {@return what distinguishes this execution from all others of the program} */
  OracleHash fingerprint() {
    return fingerprint;
  }

  /** {@return whether every thread has finished and every IPI has been taken} */
  boolean isComplete() {
    for (int t = 0; t < tracks.length; t++) {
      if (inHandler(t) || next(t).step != null || !pending.get(t).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether nothing can happen any more, though something should, once each thread has
   * gone as far as it can without an event: into an irq-off region before it waits there}
   */
  boolean isHang() {
    for (int t = 0; t < tracks.length; t++) {
      Next next = next(t);
      boolean on = next.step == null || next.step.on();
      if (inHandler(t)
          || (next.step != null && isEnabled(t, next.step.act()))
          || (on && !pending.get(t).isEmpty())) {
        return false;
      }
    }
    return !isComplete();
  }

  /** Hands over every state that one event leads to. */
  void forEachNext(Consumer<OracleState> consumer) {
    for (int t = 0; t < tracks.length; t++) {
      List<OracleStep> handler = tracks[t].taken();
      if (handler != null) {
        OracleState after = copy();
        after.act(t, handler.getFirst());
        after.tracks[t] = after.tracks[t].rest(handler.subList(1, handler.size()));
        consumer.accept(after);
        continue;
      }
      if (!flushed.get(t).isEmpty()) {
        OracleState after = copy();
        after.takeFlushed(t);
        consumer.accept(after);
        continue;
      }
      Next next = next(t);
      if (next.step != null && isEnabled(t, next.step.act())) {
        OracleState after = copy();
        after.act(t, next.step);
        after.tracks[t] = after.tracks[t].at(next.at + 1);
        consumer.accept(after);
      }
      if (next.open && queued && !pending.get(t).isEmpty()) {
        OracleState after = copy();
        after.flush(t);
        consumer.accept(after);
      }
      for (int i = 0; next.open && !queued && i < pending.get(t).size(); i++) {
        OracleState after = copy();
        after.take(t, i);
        consumer.accept(after);
      }
    }
  }

  private OracleState copy() {
    return new OracleState(
        program,
        queued,
        tracks.clone(),
        pending,
        flushed,
        memory.clone(),
        fingerprint);
  }

  private Next next(int t) {
    List<OracleStep> steps = program.threads().get(t);
    boolean open = false;
    for (int at = tracks[t].at(); at < steps.size(); at++) {
      OracleStep step = steps.get(at);
      open |= step.open();
      if (!tracks[t].skips(step)) {
        return new Next(at, step, open);
      }
    }
    return new Next(steps.size(), null, true);
  }

  private boolean inHandler(int t) {
    return tracks[t].taken() != null || !flushed.get(t).isEmpty();
  }

  private boolean isEnabled(int t, Act act) {
    return switch (act) {
      case Act.Post post -> !queued || isUnlocked(t, post.target());
      case Act.Wait wait -> wait.cond().test(value(wait.cell()), wait.operand());
      case Act.Acquire acquire -> value(acquire.cell()) == 0;
      case Act.Read _, Act.Write _, Act.WriteLast _, Act.Modify _, Act.Add _ -> true;
    };
  }

  /** csd_lock(): the IPI before from the same sender has been taken. */
  private boolean isUnlocked(int sender, int target) {
    return pending.get(target).stream().noneMatch(p -> p.by.thread() == sender)
        && flushed.get(target).stream().noneMatch(p -> p.by.thread() == sender);
  }

  private long value(int cell) {
    OracleWrite top = memory[cell];
    return top == null ? 0 : top.value();
  }

  private void act(int t, OracleStep step) {
    int scope = step.scope();
    switch (step.act()) {
      case Act.Read a -> {
        Supplier<String> read = read(t, a.cell());
        tracks[t] = tracks[t].saying(() -> "R" + read.get() + ")");
        tracks[t] = tracks[t].seeing(scope, value(a.cell()));
      }
      case Act.Wait a -> {
        Supplier<String> read = read(t, a.cell());
        tracks[t] = tracks[t].saying(() -> "A" + read.get() + ")");
        if (a.seen()) {
          tracks[t] = tracks[t].seeing(scope, value(a.cell()));
        }
      }
      case Act.Write a -> write(t, a.cell(), a.value());
      case Act.WriteLast a -> write(t, a.cell(), tracks[t].register(scope) + 1);
      case Act.Acquire a -> {
        Supplier<String> read = read(t, a.cell());
        write(t, () -> "L" + read.get(), a.cell(), 1);
      }
      case Act.Modify a -> modify(t, a, scope);
      case Act.Add a -> add(t, a);
      case Act.Post a -> {
        List<Pending> untaken = new ArrayList<>(pending.get(a.target()));
        untaken.add(new Pending(here(t), a.body(), a.waits()));
        pending = with(pending, a.target(), untaken);
        fingerprint = fingerprint.with(1, OraclePlace.code(here(t)), 0);
        tracks[t] = tracks[t].saying(() -> "S(" + a.target() + ",h" + a.handler() + ")");
      }
    }
  }

  private void modify(int t, Act.Modify a, int scope) {
    long old = value(a.cell());
    Supplier<String> read = read(t, a.cell());
    if (a.kind().succeeds(old, a.expected())) {
      write(t, () -> "U" + read.get(), a.cell(), a.kind().apply(old, a.operand()));
    } else {
      tracks[t] = tracks[t].saying(() -> "F" + read.get() + ")");
    }
    tracks[t] = tracks[t].seeing(scope, old);
  }

  /** Adds commute: an add is known by the write that it follows, and by those who see it. */
  private void add(int t, Act.Add a) {
    OracleWrite top = OracleWrite.added(memory[a.cell()], here(t), a.operand());
    memory[a.cell()] = top;
    fingerprint =
        fingerprint.with(6, OraclePlace.code(here(t)), ((long) a.cell() << 32) + top.depth() + 1);
    String name = name(a.cell());
    tracks[t] = tracks[t].saying(() -> "+(" + name + "," + a.operand() + ")");
  }

  /** The reading half of an event: {@return what makes "(cell,rf,value"} No state is kept by it. */
  private Supplier<String> read(int t, int cell) {
    OracleWrite top = memory[cell];
    OraclePlace rf = top == null ? null : top.by();
    fingerprint = fingerprint.with(2, OraclePlace.code(here(t)), OraclePlace.code(rf));
    if (top != null) {
      for (OraclePlace add : top.adds()) {
        fingerprint = fingerprint.with(7, OraclePlace.code(here(t)), OraclePlace.code(add));
      }
    }
    String name = name(cell);
    long value = value(cell);
    return () -> {
      String adds = top == null ? "" : top.addsText();
      return "(" + name + "," + OraclePlace.text(rf) + adds + "," + value;
    };
  }

  /** A store. */
  private void write(int t, int cell, long value) {
    String name = name(cell);
    write(t, () -> "W(" + name, cell, value);
  }

  /** The writing half of an event. */
  private void write(int t, Supplier<String> begun, int cell, long value) {
    OracleWrite top = memory[cell];
    int depth = top == null ? 0 : top.depth() + 1;
    memory[cell] = new OracleWrite(here(t), value, depth, top, List.of());
    fingerprint = fingerprint.with(3, OraclePlace.code(here(t)), ((long) cell << 32) + depth);
    tracks[t] = tracks[t].saying(() -> begun.get() + "," + value + ")");
  }

  private void take(int t, int which) {
    List<Pending> untaken = new ArrayList<>(pending.get(t));
    Pending ipi = untaken.remove(which);
    pending = with(pending, t, untaken);
    taken(t, ipi);
  }

  private void taken(int t, Pending ipi) {
    fingerprint = fingerprint.with(4, OraclePlace.code(here(t)), OraclePlace.code(ipi.by));
    tracks[t] = tracks[t].saying(() -> "T(" + ipi.by + ")").entering(ipi.body);
  }

  /** __flush_smp_call_function_queue(): all that is queued, what is waited for first. */
  private void flush(int t) {
    List<Pending> all = new ArrayList<>(pending.get(t));
    all.sort(Comparator.comparing(ipi -> !ipi.waits)); // else in the order of the queue
    pending = with(pending, t, List.of());
    flushed = with(flushed, t, all);
    for (Pending ipi : all) {
      fingerprint = fingerprint.with(5, OraclePlace.code(here(t)), OraclePlace.code(ipi.by));
    }
    takeFlushed(t);
  }

  private void takeFlushed(int t) {
    List<Pending> left = flushed.get(t);
    Pending ipi = left.getFirst();
    flushed = with(flushed, t, left.subList(1, left.size()));
    taken(t, ipi);
  }

  private static List<List<Pending>> with(
      List<List<Pending>> all, int target, List<Pending> its) {
    List<List<Pending>> changed = new ArrayList<>(all);
    changed.set(target, its);
    return changed;
  }

  private OraclePlace here(int t) {
    return new OraclePlace(t, tracks[t].events());
  }

  private String name(int cell) {
    return program.cells().get(cell);
  }

  /** {@return the canonical key, as {@link Interleavings} says} */
  String key() {
    List<String> parts = new ArrayList<>();
    for (int t = 0; t < tracks.length; t++) {
      List<String> words = new ArrayList<>();
      for (OracleEvent e = tracks[t].last(); e != null; e = e.before()) {
        words.add(e.text());
      }
      words.add(t + ":");
      parts.add(String.join(" ", words.reversed()));
    }
    for (int cell = 0; cell < memory.length; cell++) {
      List<String> words = new ArrayList<>();
      for (OracleWrite w = memory[cell]; w != null; w = w.before()) {
        words.add((w.by() == null ? "" : w.by().toString()) + w.addsText());
      }
      if (!words.isEmpty()) {
        words.add(name(cell) + ":");
        parts.add(String.join(" ", words.reversed()));
      }
    }
    return String.join(" | ", parts);
  }
}
