package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.isa.Operand;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.End;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All ways through a thread.
 *
 * <p>Dependencies are exact: a register carries the reads that it was computed from, by syntax, so
 * {@code xor r3,r1,r1} keeps what r1 depends on. Once a branch has asked about a read, that read
 * controls all that follows, as a processor does not know where branches meet again.
 */
final class Walk {
  /** As many steps on all ways together take some seconds. */
  private static final int MOST = 3_000_000;

  private final Code code;
  private final Map<String, Long> initial;
  private final Map<String, Long> addresses;
  private final AsmLitmus.Options options;
  private final Deque<State> open = new ArrayDeque<>();
  private int walked;

  private Walk(
      Code code,
      Map<String, Long> initial,
      Map<String, Long> addresses,
      AsmLitmus.Options options) {
    this.code = code;
    this.initial = initial;
    this.addresses = addresses;
    this.options = options;
  }

  /**
   * What a load has reserved.
   *
   * @param read its index on the path
   * @param address what it read
   */
  private record Reservation(int read, Computed address) {}

  /**
   * Where a way has come to.
   *
   * @param at the index of the next step
   * @param picked the reads that decide, in any way, whether what follows is executed
   * @param turns how often it has jumped back, by the step jumped to
   */
  private record State(
      Way way,
      int at,
      Set<Integer> picked,
      @Nullable Reservation reserved,
      Map<Integer, Integer> turns) {
    State with(Way newWay) {
      return new State(newWay, at, picked, reserved, turns);
    }

    State next() {
      return new State(way, at + 1, picked, reserved, turns);
    }

    State reserving(@Nullable Reservation reservation) {
      return new State(way, at, picked, reservation, turns);
    }
  }

  /** {@return all ways through a thread} */
  static List<Path> paths(
      Code code,
      Map<String, Long> initial,
      Map<String, Long> addresses,
      AsmLitmus.Options options,
      String file,
      int thread) {
    List<Path> all = new ArrayList<>();
    var walk = new Walk(code, initial, addresses, options);
    walk.open.add(new State(Way.START, 0, Set.of(), null, Map.of()));
    while (!walk.open.isEmpty()) {
      State state = walk.open.removeLast();
      if (state.at == code.steps().size() || state.way.end() == End.CUT) {
        all.add(state.way.path());
      } else {
        walk.step(state);
      }
      if (all.size() > options.paths() || ++walk.walked > MOST) {
        throw new LitmusException(
            file,
            "P%d has more than %d ways through it, or too long ones"
                .formatted(thread, options.paths()));
      }
    }
    return all;
  }

  private void step(State state) {
    Code.Step step = code.steps().get(state.at);
    switch (step.op()) {
      case Op.Move m -> go(state.with(state.way.register(m.register(), value(m.value(), state))));
      case Op.Select s -> select(s, state);
      case Op.Load l -> load(l, step, state);
      case Op.Store s ->
          go(
              state.with(
                  write(
                      state.way, s.address(), value(s.value(), state), s.tags(), -1, step, state)));
      case Op.StoreConditional s -> storeConditional(s, step, state);
      case Op.Modify m -> modify(m, step, state);
      case Op.Update u -> update(u, step, state);
      case Op.CompareAndSwap c -> compareAndSwap(c, step, state);
      case Op.Fence f ->
          go(state.with(event(state.way, Action.FENCE, f.tags(), null, null, -1, step, state)));
      case Op.Branch b -> branch(b, state);
    }
  }

  private void go(State state) {
    open.addLast(state.next());
  }

  // ---- registers -------------------------------------------------------------------------------

  private Computed value(Operand operand, State state) {
    return switch (operand) {
      case Operand.Immediate(long number) -> Computed.of(number);
      case Operand.Location(String name) -> Computed.of(addresses.getOrDefault(name, 0L));
      case Operand.Register(String name) -> {
        Computed written = state.way.registers().get(name);
        yield written == null ? Computed.of(initial.getOrDefault(name, 0L)) : written;
      }
      case Operand.Binary(Operator operator, Operand left, Operand right) -> {
        Computed a = value(left, state);
        Computed b = value(right, state);
        // x ^ x is 0 and x + 0 is x, whatever x is; so that addresses stay known.
        if (operator == Operator.XOR && a.value().equals(b.value())) {
          yield Computed.of(0).and(a.reads()).pickedBy(a.picks());
        }
        yield operator == Operator.ADD && b.value().equals(new Value.Constant(0))
            ? a.and(b.reads()).pickedBy(b.picks())
            : Computed.binary(operator, a, b);
      }
    };
  }

  private void select(Op.Select s, State state) {
    Computed condition = value(s.condition(), state);
    for (boolean holds : new boolean[] {true, false}) {
      assume(state.way, condition, holds)
          .ifPresent(way -> {
            Computed chosen = value(holds ? s.then() : s.otherwise(), state);
            go(state.with(way.register(s.register(), chosen.pickedBy(condition.picks()))));
          });
    }
  }

  /** {@return the way if a value is other than 0, or is 0; empty if it cannot be} */
  private static Optional<Way> assume(Way way, Computed value, boolean holds) {
    Optional<Boolean> decided = way.decide(value.value());
    return decided.isPresent()
        ? Optional.of(way).filter(w -> decided.get() == holds)
        : Optional.of(way.assume(value.value(), holds));
  }

  // ---- memory ----------------------------------------------------------------------------------

  private void load(Op.Load l, Code.Step step, State state) {
    Computed address = value(l.address(), state);
    int read = state.way.count();
    Way after = event(state.way, Action.READ, l.tags(), address, null, -1, step, state);
    State loaded = state.with(after.register(l.register(), Computed.ofRead(read)));
    go(l.reserves() ? loaded.reserving(new Reservation(read, address)) : loaded);
  }

  private void storeConditional(Op.StoreConditional s, Code.Step step, State state) {
    State after = state.reserving(null);
    go(after.with(state.way.register(s.status(), Computed.of(s.failure()))));
    Reservation reserved = state.reserved;
    if (reserved != null) {
      Computed address = value(s.address(), state);
      Computed same = Computed.binary(Operator.EQ, reserved.address, address);
      // That it is there where the reservation is depends on both addresses.
      Computed place = s.carries() ? address.and(reserved.address.reads()) : address;
      assume(state.way, same, true)
          .ifPresent(way -> {
            Computed stored = value(s.value(), state);
            Way written =
                event(way, Action.WRITE, s.tags(), place, stored, reserved.read, step, state);
            Set<Integer> told =
                s.carries() ? Computed.union(place.reads(), Set.of(way.count())) : Set.of();
            go(after.with(written.register(s.status(), Computed.of(s.success(), told))));
          });
    }
  }

  private void modify(Op.Modify m, Code.Step step, State state) {
    int index = state.way.count();
    Computed read = Computed.ofRead(index);
    Computed operand = value(m.value(), state);
    Computed now = m.operator() == null ? operand : Computed.binary(m.operator(), read, operand);
    Way after =
        event(state.way, Action.READ, m.read(), value(m.address(), state), null, -1, step, state);
    // That a read-modify-write's write depends on its own read is what rmw says.
    Computed written = new Computed(now.value(), operand.reads(), operand.picks(), now.size());
    Way both = write(after, m.address(), written, m.write(), index, step, state);
    go(state.with(m.old() == null ? both : both.register(m.old(), read)));
  }

  private void update(Op.Update u, Code.Step step, State state) {
    Computed read = Computed.ofRead(state.way.count());
    Computed operand = value(u.value(), state);
    Computed now = u.operator() == null ? operand : Computed.binary(u.operator(), read, operand);
    Computed written = new Computed(now.value(), operand.reads(), operand.picks(), now.size());
    Way after =
        event(
            state.way,
            Action.UPDATE,
            u.tags(),
            value(u.address(), state),
            written,
            -1,
            step,
            state);
    go(state.with(u.old() == null ? after : after.register(u.old(), read)));
  }

  private void compareAndSwap(Op.CompareAndSwap c, Code.Step step, State state) {
    int index = state.way.count();
    Computed read = Computed.ofRead(index);
    Computed address = value(c.address(), state);
    Computed equal = Computed.binary(Operator.EQ, read, value(c.expected(), state));
    for (boolean succeeds : new boolean[] {true, false}) {
      var tags = succeeds ? c.read() : c.failed();
      Way after = event(state.way, Action.READ, tags, address, null, -1, step, state);
      assume(after, equal, succeeds)
          .map(w ->
              succeeds
                  ? write(w, c.address(), value(c.value(), state), c.write(), index, step, state)
                  : w)
          .map(w -> c.old() == null ? w : w.register(c.old(), read))
          .ifPresent(w -> go(state.with(w)));
    }
  }

  private Way write(
      Way way,
      Operand address,
      Computed value,
      Set<String> tags,
      int readPart,
      Code.Step step,
      State state) {
    return event(way, Action.WRITE, tags, value(address, state), value, readPart, step, state);
  }

  private static Way event(
      Way way,
      Action action,
      Set<String> tags,
      @Nullable Computed address,
      @Nullable Computed value,
      int readPart,
      Code.Step step,
      State state) {
    Map<String, Set<Integer>> more = new HashMap<>();
    if (address != null) {
      more.put("pick-addr", address.picks());
    }
    if (value != null) {
      more.put("pick-data", value.picks());
    }
    if (!state.picked.isEmpty()) {
      more.put("pick-ctrl", state.picked);
    }
    if (readPart >= 0 && step.op() instanceof Op.StoreConditional) {
      more.put("lxsx", Set.of(readPart));
    }
    return way.event(
        new PathEvent(
            action,
            tags,
            action == Action.UPDATE,
            address == null ? null : address.value(),
            value == null ? null : value.value(),
            readPart,
            address == null ? Set.of() : address.reads(),
            value == null ? Set.of() : value.reads(),
            way.control(),
            more,
            step.line(),
            step.text()));
  }

  // ---- branches --------------------------------------------------------------------------------

  private void branch(Op.Branch b, State state) {
    int target = code.labels().getOrDefault(b.label(), code.steps().size());
    if (b.condition() == null) {
      jump(state, target);
      return;
    }
    Computed condition = value(b.condition(), state);
    Way controlled = state.way.control(Computed.union(state.way.control(), condition.reads()));
    State asked =
        new State(
            controlled,
            state.at,
            Computed.union(state.picked, condition.picks()),
            state.reserved,
            state.turns);
    assume(controlled, condition, false).ifPresent(way -> go(asked.with(way)));
    assume(controlled, condition, true).ifPresent(way -> jump(asked.with(way), target));
  }

  private void jump(State state, int target) {
    Map<Integer, Integer> turns = state.turns;
    if (target <= state.at) {
      turns = new HashMap<>(turns);
      if (turns.merge(target, 1, Integer::sum) > options.unroll()) {
        open.addLast(state.with(state.way.end(End.CUT)));
        return;
      }
    }
    open.addLast(new State(state.way, target, state.picked, state.reserved, turns));
  }
}
