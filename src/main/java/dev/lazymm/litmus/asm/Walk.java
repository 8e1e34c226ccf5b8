package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.isa.Op.CompareAndSwap.Course;
import dev.lazymm.isa.Operand;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Path;
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

  /** A loop that counts to a constant may go round as often as this, whatever the bound. */
  private static final int LONGEST = 1_000;

  private final Code code;
  private final Operands operands;
  private final AsmLitmus.Options options;
  private final Deque<State> open = new ArrayDeque<>();
  private int walked;

  private Walk(Code code, Operands operands, AsmLitmus.Options options) {
    this.code = code;
    this.operands = operands;
    this.options = options;
  }

  /** {@return all ways through a thread} */
  static List<Path> paths(
      Code code,
      Map<String, Long> initial,
      Map<String, Long> addresses,
      AsmLitmus.Options options,
      boolean unsignedWords,
      String file,
      int thread) {
    List<Path> all = new ArrayList<>();
    var operands = new Operands(code, initial, addresses, new Simple(unsignedWords));
    var walk = new Walk(code, operands, options);
    walk.open.add(State.START);
    while (!walk.open.isEmpty()) {
      State state = walk.open.removeLast();
      if (state.at() == code.steps().size() || state.way().end() == End.CUT) {
        all.add(
            options.registers()
                ? RegisterEvents.added(state.way().path(), state.trace())
                : state.way().path());
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
    Code.Step step = code.steps().get(state.at());
    switch (step.op()) {
      case Op.Move m -> go(state.with(state.way().register(m.register(), value(m.value(), state))));
      case Op.Select s -> select(s, state);
      case Op.Load l -> load(l, step, state);
      case Op.Store s -> store(s, step, state);
      case Op.StoreConditional s -> storeConditional(s, step, state);
      case Op.Modify m -> modify(m, step, state);
      case Op.CompareAndSwap c -> compareAndSwap(c, step, state);
      case Op.Fence f ->
          go(state.with(Access.fence(f.tags()).on(state.way(), step, state.picked())));
      case Op.Branch b -> branch(b, state);
    }
  }

  private void go(State state) {
    go(state, 0);
  }

  /** Goes on with the next step. */
  private void go(State state, int choice) {
    open.addLast(traced(state, choice).at(state.at() + 1));
  }

  /** Notes what was executed, and which of several ways it went. */
  private State traced(State state, int choice) {
    return options.registers() ? state.tracing(code.steps().get(state.at()), choice) : state;
  }

  private Computed value(Operand operand, State state) {
    return operands.value(operand, state);
  }

  private void select(Op.Select s, State state) {
    Computed condition = value(s.condition(), state);
    for (boolean holds : new boolean[] {true, false}) {
      assume(state.way(), condition, holds)
          .ifPresent(way -> {
            Computed chosen = value(holds ? s.then() : s.otherwise(), state);
            go(
                state.with(way.register(s.register(), chosen.pickedBy(condition.picks()))),
                holds ? 1 : 0);
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
    int read = state.way().count();
    Way after = Access.read(l.tags(), address, l.size()).on(state.way(), step, state.picked());
    State loaded = state.with(after.register(l.register(), Computed.ofRead(read)));
    go(l.reserves() ? loaded.reserving(new State.Reservation(read, address, l.size())) : loaded);
  }

  private void store(Op.Store s, Code.Step step, State state) {
    Computed address = value(s.address(), state);
    Access write = Access.write(s.tags(), address, value(s.value(), state), s.size());
    go(state.with(write.on(state.way(), step, state.picked())));
  }

  private void storeConditional(Op.StoreConditional s, Code.Step step, State state) {
    State after = state.reserving(null);
    go(after.with(state.way().register(s.status(), Computed.of(s.failure()))));
    State.Reservation reserved = state.reserved();
    if (reserved != null && reserved.size() == s.size()) {
      Computed address = value(s.address(), state);
      Computed same = Computed.binary(Operator.EQ, reserved.address(), address);
      // That it is there where the reservation is depends on both addresses.
      Computed place = s.carries() ? address.and(reserved.address().reads()) : address;
      assume(state.way(), same, true)
          .ifPresent(way -> {
            Way written =
                Access.write(s.tags(), place, value(s.value(), state), s.size())
                    .pairedWith(reserved.read())
                    .on(way, step, state.picked());
            Set<Integer> told =
                s.carries() ? Computed.union(place.reads(), Set.of(way.count())) : Set.of();
            go(after.with(written.register(s.status(), Computed.of(s.success(), told))), 1);
          });
    }
  }

  private void modify(Op.Modify m, Code.Step step, State state) {
    int index = state.way().count();
    Computed read = Computed.ofRead(index);
    Computed address = value(m.address(), state);
    Computed operand = value(m.value(), state);
    Way done;
    if (m.write() == null) {
      Computed now = modified(m, read, operand, state.way(), state);
      Access update = Access.update(m.read(), address, now, m.size());
      done = update.on(state.way(), step, state.picked());
    } else {
      Access first = Access.read(m.read(), address, m.size());
      Way after = first.on(state.way(), step, state.picked());
      Computed now = modified(m, read, operand, after, state);
      Access then = Access.write(m.write(), address, now, m.size()).pairedWith(index);
      done = then.on(after, step, state.picked());
    }
    String old = m.old();
    go(state.with(old == null ? done : done.register(old, read.pickedBy(operand.picks()))));
  }

  /**
   * {@return what a read-modify-write writes} That this depends on its own read is what rmw says.
   */
  private Computed modified(Op.Modify m, Computed read, Computed operand, Way way, State state) {
    Operator operator = m.operator();
    Computed now =
        operator == null
            ? operand
            : operands.ofSize(m.size(), operands.binary(operator, read, operand, way, state), way);
    return new Computed(now.value(), operand.reads(), operand.picks(), now.size());
  }

  private void compareAndSwap(Op.CompareAndSwap c, Code.Step step, State state) {
    int index = state.way().count();
    Computed read = Computed.ofRead(index);
    Computed address = value(c.address(), state);
    Computed expected = value(c.expected(), state);
    Computed equal = Computed.binary(Operator.EQ, read, expected);
    for (Course course : c.courses()) {
      var tags = course.succeeds() ? c.read() : c.failed();
      Way after = Access.read(tags, address, c.size()).on(state.way(), step, state.picked());
      assume(after, equal, course.succeeds())
          .ifPresent(way -> {
            Computed value =
                switch (course) {
                  case SUCCEEDS, SUCCEEDS_AS_EXPECTED -> value(c.value(), state);
                  case FAILS, FAILS_BY_COMPARISON -> null;
                  case FAILS_AND_WRITES_BACK ->
                      new Computed(read.value(), Set.of(), Set.of(), read.size());
                };
            Way done =
                value == null
                    ? way
                    : Access.write(c.write(), address, value.pickedBy(expected.picks()), c.size())
                        .pairedWith(index)
                        .on(way, step, state.picked());
            String old = c.old();
            go(
                state.with(old == null ? done : done.register(old, old(course, read, expected))),
                c.courses().indexOf(course));
          });
    }
  }

  private static Computed old(Course course, Computed read, Computed expected) {
    return switch (course) {
      case SUCCEEDS, FAILS, FAILS_AND_WRITES_BACK -> read;
      case FAILS_BY_COMPARISON -> read.pickedBy(expected.picks());
      case SUCCEEDS_AS_EXPECTED ->
          new Computed(read.value(), expected.reads(), expected.picks(), read.size())
              .pickedBy(read.picks());
    };
  }

  // ---- branches --------------------------------------------------------------------------------

  private void branch(Op.Branch b, State state) {
    int target = code.labels().getOrDefault(b.label(), code.steps().size());
    if (b.condition() == null) {
      jump(state, target, options.unroll());
      return;
    }
    Computed condition = value(b.condition(), state);
    Way controlled = state.way().control(Computed.union(state.way().control(), condition.reads()));
    State asked = state.asking(controlled, condition.picks());
    assume(controlled, condition, false).ifPresent(way -> go(asked.with(way)));
    int most = condition.value() instanceof Value.Constant ? LONGEST : options.unroll();
    assume(controlled, condition, true).ifPresent(way -> jump(asked.with(way), target, most));
  }

  /**
   * Goes on elsewhere.
   *
   * @param most how often it may jump back there
   */
  private void jump(State state, int target, int most) {
    Map<Integer, Integer> turns = state.turns();
    if (target <= state.at()) {
      turns = new HashMap<>(turns);
      if (turns.merge(target, 1, Integer::sum) > most) {
        open.addLast(traced(state.with(state.way().end(End.CUT)), 0));
        return;
      }
    }
    open.addLast(traced(state, 0).turning(turns).at(target));
  }
}
