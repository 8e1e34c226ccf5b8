package dev.lazymm.litmus.x86;

import dev.lazymm.litmus.x86.Program.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The abstract machine of x86-TSO (Owens, Sarkar and Sewell 2009), run in every way that it can: a
 * store goes into its thread's buffer, first in, first out; a load looks there first; MFENCE and
 * locked instructions wait until the buffer is empty. It knows nothing of events and relations.
 */
final class StoreBuffers {
  /** A store on its way. */
  private record Entry(int location, long value) {}

  /**
   * A processor, which runs a thread.
   *
   * @param half whether an instruction that loads and stores has loaded
   */
  private record Cpu(int at, boolean half, List<Long> registers, List<Entry> buffer) {
    Cpu next() {
      return new Cpu(at + 1, false, registers, buffer);
    }

    Cpu with(int register, long value) {
      var all = new ArrayList<>(registers);
      all.set(register, value);
      return new Cpu(at, half, List.copyOf(all), buffer);
    }

    Cpu store(int location, long value) {
      var all = new ArrayList<>(buffer);
      all.add(new Entry(location, value));
      return new Cpu(at, half, registers, List.copyOf(all));
    }
  }

  private record State(List<Cpu> threads, List<Long> memory) {
    State with(int t, Cpu thread) {
      var all = new ArrayList<>(threads);
      all.set(t, thread);
      return new State(List.copyOf(all), memory);
    }

    State write(int location, long value) {
      var all = new ArrayList<>(memory);
      all.set(location, value);
      return new State(threads, List.copyOf(all));
    }
  }

  /** Where an instruction keeps what it has loaded. */
  private static final int HIDDEN = Program.REGISTERS.size();

  private final Program program;
  private final Set<State> seen = new HashSet<>();
  private final Deque<State> open = new ArrayDeque<>();
  private final Set<String> ends = new TreeSet<>();

  private StoreBuffers(Program program) {
    this.program = program;
  }

  /** {@return all final states, as the engine prints them} */
  static Set<String> ends(Program program) {
    return new StoreBuffers(program).run();
  }

  private Set<String> run() {
    var registers = new ArrayList<Long>();
    for (int i = 0; i <= HIDDEN; i++) {
      registers.add(0L);
    }
    var threads = new ArrayList<Cpu>();
    program.threads().forEach(_ -> threads.add(new Cpu(0, false, registers, List.of())));
    var memory = new ArrayList<Long>();
    program.locations().forEach(_ -> memory.add(0L));
    add(new State(threads, memory));
    while (!open.isEmpty()) {
      State state = open.removeLast();
      boolean ended = true;
      for (int t = 0; t < state.threads.size(); t++) {
        Cpu thread = state.threads.get(t);
        if (!thread.buffer.isEmpty()) {
          Entry oldest = thread.buffer.getFirst();
          var rest = thread.buffer.subList(1, thread.buffer.size());
          add(
              state
                  .write(oldest.location, oldest.value)
                  .with(t, new Cpu(thread.at, thread.half, thread.registers, List.copyOf(rest))));
          ended = false;
        }
        if (thread.at < program.threads().get(t).size()) {
          step(state, t, thread, program.threads().get(t).get(thread.at));
          ended = false;
        }
      }
      if (ended) {
        ends.add(text(state));
      }
    }
    return ends;
  }

  private void add(State state) {
    if (seen.add(state)) {
      open.addLast(state);
    }
  }

  private void step(State state, int t, Cpu thread, Step step) {
    long register = thread.registers.get(step.register());
    int x = step.location();
    switch (step.kind()) {
      case LOAD -> add(state.with(t, thread.with(step.register(), load(state, thread, x)).next()));
      case ADD_TO_REGISTER ->
          add(
              state.with(
                  t, thread.with(step.register(), register + load(state, thread, x)).next()));
      case STORE -> add(state.with(t, thread.store(x, step.number()).next()));
      case STORE_REGISTER -> add(state.with(t, thread.store(x, register).next()));
      case INC -> {
        Cpu loaded = thread.with(HIDDEN, load(state, thread, x));
        add(
            state.with(
                t,
                thread.half
                    ? thread.store(x, thread.registers.get(HIDDEN) + 1).with(HIDDEN, 0).next()
                    : new Cpu(loaded.at, true, loaded.registers, loaded.buffer)));
      }
      case SFENCE -> add(state.with(t, thread.next()));
      default -> {
        if (thread.buffer.isEmpty()) {
          locked(state, t, thread, step);
        }
      }
    }
  }

  private void locked(State state, int t, Cpu thread, Step step) {
    int r = step.register();
    long register = thread.registers.get(r);
    int x = step.location();
    long old = state.memory.get(x);
    add(
        switch (step.kind()) {
          case MFENCE -> state.with(t, thread.next());
          case XCHG -> state.write(x, register).with(t, thread.with(r, old).next());
          case LOCK_INC -> state.write(x, old + 1).with(t, thread.next());
          case LOCK_XADD -> state.write(x, old + register).with(t, thread.with(r, old).next());
          case LOCK_CMPXCHG ->
              old == thread.registers.get(0)
                  ? state.write(x, register).with(t, thread.next())
                  : state.with(t, thread.with(0, old).next());
          default -> throw new AssertionError(step);
        });
  }

  private static long load(State state, Cpu thread, int location) {
    for (Entry entry : thread.buffer.reversed()) {
      if (entry.location == location) {
        return entry.value;
      }
    }
    return state.memory.get(location);
  }

  private String text(State state) {
    var all = new ArrayList<String>();
    for (int t = 0; t < state.threads.size(); t++) {
      for (int r = 0; r < HIDDEN; r++) {
        all.add(t + ":" + Program.REGISTERS.get(r) + "=" + state.threads.get(t).registers.get(r));
      }
    }
    for (int x = 0; x < state.memory.size(); x++) {
      all.add("[" + program.locations().get(x) + "]=" + state.memory.get(x));
    }
    return String.join("; ", all) + ";";
  }
}
