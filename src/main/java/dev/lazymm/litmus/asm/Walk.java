package dev.lazymm.litmus.asm;

import dev.lazymm.isa.IsaException;
import dev.lazymm.isa.Op;
import dev.lazymm.isa.Op.CompareAndSwap.Course;
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

  /** A loop that counts to a constant may go round as often as this, whatever the bound. */
  private static final int LONGEST = 1_000;

  private final Code code;
  private final Map<String, Long> initial;
  private final Map<String, Long> addresses;
  private final AsmLitmus.Options options;
  private final Simple simple;
  private final Deque<State> open = new ArrayDeque<>();
  private State from = new State(Way.START, 0, Set.of(), null, Map.of(), null);
  private int walked;

  private Walk(
      Code code,
      Map<String, Long> initial,
      Map<String, Long> addresses,
      AsmLitmus.Options options,
      boolean unsignedWords) {
    this.code = code;
    this.initial = initial;
    this.addresses = addresses;
    this.options = options;
    simple = new Simple(unsignedWords);
  }

  /**
   * What a load has reserved.
   *
   * @param read its index on the path
   * @param address what it read
   * @param size how many bytes
   */
  private record Reservation(int read, Computed address, int size) {}

  /**
   * Where a way has come to.
   *
   * @param at the index of the next step
   * @param picked the reads that decide, in any way, whether what follows is executed
   * @param turns how often it has jumped back, by the step jumped to
   * @param trace the last step that was executed, if these are kept
   */
  private record State(
      Way way,
      int at,
      Set<Integer> picked,
      @Nullable Reservation reserved,
      Map<Integer, Integer> turns,
      Way.@Nullable Link<Executed> trace) {
    State with(Way newWay) {
      return new State(newWay, at, picked, reserved, turns, trace);
    }

    State at(int step) {
      return new State(way, step, picked, reserved, turns, trace);
    }

    State reserving(@Nullable Reservation reservation) {
      return new State(way, at, picked, reservation, turns, trace);
    }

    State asking(Way controlled, Set<Integer> more) {
      return new State(controlled, at, Computed.union(picked, more), reserved, turns, trace);
    }

    State turning(Map<Integer, Integer> newTurns) {
      return new State(way, at, picked, reserved, newTurns, trace);
    }

    State tracing(Executed executed) {
      return new State(way, at, picked, reserved, turns, new Way.Link<>(trace, executed));
    }
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
    var walk = new Walk(code, initial, addresses, options, unsignedWords);
    walk.open.add(walk.from);
    while (!walk.open.isEmpty()) {
      State state = walk.open.removeLast();
      if (state.at == code.steps().size() || state.way.end() == End.CUT) {
        all.add(
            options.registers()
                ? RegisterEvents.added(state.way.path(), state.trace)
                : state.way.path());
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
    from = state;
    Code.Step step = code.steps().get(state.at);
    switch (step.op()) {
      case Op.Move m -> go(state.with(state.way.register(m.register(), value(m.value(), state))));
      case Op.Select s -> select(s, state);
      case Op.Load l -> load(l, step, state);
      case Op.Store s ->
          go(
              state.with(
                  write(
                      state.way,
                      s.address(),
                      value(s.value(), state),
                      s.tags(),
                      -1,
                      s.size(),
                      step,
                      state)));
      case Op.StoreConditional s -> storeConditional(s, step, state);
      case Op.Modify m -> modify(m, step, state);
      case Op.CompareAndSwap c -> compareAndSwap(c, step, state);
      case Op.Fence f ->
          go(state.with(event(state.way, Action.FENCE, f.tags(), null, null, -1, 0, step, state)));
      case Op.Branch b -> branch(b, state);
    }
  }

  private void go(State state) {
    go(state, 0);
  }

  /** Goes on with the next step. */
  private void go(State state, int choice) {
    open.addLast(traced(state, choice).at(state.at + 1));
  }

  /** Notes what was executed, and which of several ways it went. */
  private State traced(State state, int choice) {
    return options.registers()
        ? state.tracing(
            new Executed(code.steps().get(from.at), from.way.count(), state.way.count(), choice))
        : state;
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
        yield bounded(simple.binary(operator, a, value(right, state), state.way));
      }
    };
  }

  /**
   * {@return the same value}
   *
   * @throws IsaException if it is too large: each that is added to itself is twice as large
   */
  private Computed bounded(Computed value) {
    if (value.size() > Computed.LARGEST) {
      throw new IsaException(
          code.steps().get(from.at).place(),
          "this computes a value that depends in over " + Computed.LARGEST + " ways on reads");
    }
    return value;
  }

  private void select(Op.Select s, State state) {
    Computed condition = value(s.condition(), state);
    for (boolean holds : new boolean[] {true, false}) {
      assume(state.way, condition, holds)
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
    int read = state.way.count();
    Way after = event(state.way, Action.READ, l.tags(), address, null, -1, l.size(), step, state);
    State loaded = state.with(after.register(l.register(), Computed.ofRead(read)));
    go(l.reserves() ? loaded.reserving(new Reservation(read, address, l.size())) : loaded);
  }

  private void storeConditional(Op.StoreConditional s, Code.Step step, State state) {
    State after = state.reserving(null);
    go(after.with(state.way.register(s.status(), Computed.of(s.failure()))));
    Reservation reserved = state.reserved;
    if (reserved != null && reserved.size == s.size()) {
      Computed address = value(s.address(), state);
      Computed same = Computed.binary(Operator.EQ, reserved.address, address);
      // That it is there where the reservation is depends on both addresses.
      Computed place = s.carries() ? address.and(reserved.address.reads()) : address;
      assume(state.way, same, true)
          .ifPresent(way -> {
            Computed stored = value(s.value(), state);
            Way written =
                event(
                    way,
                    Action.WRITE,
                    s.tags(),
                    place,
                    stored,
                    reserved.read,
                    s.size(),
                    step,
                    state);
            Set<Integer> told =
                s.carries() ? Computed.union(place.reads(), Set.of(way.count())) : Set.of();
            go(after.with(written.register(s.status(), Computed.of(s.success(), told))), 1);
          });
    }
  }

  private void modify(Op.Modify m, Code.Step step, State state) {
    int index = state.way.count();
    Computed read = Computed.ofRead(index);
    Computed address = value(m.address(), state);
    Computed operand = value(m.value(), state);
    Way done;
    if (m.write() == null) {
      Computed now = modified(m, read, operand, state.way);
      done = event(state.way, Action.UPDATE, m.read(), address, now, -1, m.size(), step, state);
    } else {
      Way after = event(state.way, Action.READ, m.read(), address, null, -1, m.size(), step, state);
      Computed now = modified(m, read, operand, after);
      done = event(after, Action.WRITE, m.write(), address, now, index, m.size(), step, state);
    }
    String old = m.old();
    go(state.with(old == null ? done : done.register(old, read.pickedBy(operand.picks()))));
  }

  /**
   * {@return what a read-modify-write writes} That this depends on its own read is what rmw says.
   */
  private Computed modified(Op.Modify m, Computed read, Computed operand, Way way) {
    Operator operator = m.operator();
    Computed now =
        operator == null
            ? operand
            : simple.ofSize(m.size(), bounded(simple.binary(operator, read, operand, way)), way);
    return new Computed(now.value(), operand.reads(), operand.picks(), now.size());
  }

  private void compareAndSwap(Op.CompareAndSwap c, Code.Step step, State state) {
    int index = state.way.count();
    Computed read = Computed.ofRead(index);
    Computed address = value(c.address(), state);
    Computed expected = value(c.expected(), state);
    Computed equal = Computed.binary(Operator.EQ, read, expected);
    for (Course course : c.courses()) {
      var tags = course.succeeds() ? c.read() : c.failed();
      Way after = event(state.way, Action.READ, tags, address, null, -1, c.size(), step, state);
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
                    : write(
                        way,
                        c.address(),
                        value.pickedBy(expected.picks()),
                        c.write(),
                        index,
                        c.size(),
                        step,
                        state);
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

  private Way write(
      Way way,
      Operand address,
      Computed value,
      Set<String> tags,
      int readPart,
      int size,
      Code.Step step,
      State state) {
    Computed where = value(address, state);
    return event(way, Action.WRITE, tags, where, value, readPart, size, step, state);
  }

  private static Way event(
      Way way,
      Action action,
      Set<String> tags,
      @Nullable Computed address,
      @Nullable Computed value,
      int readPart,
      int size,
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
    if (readPart >= 0) {
      more.put(pairing(step.op(), value, readPart), Set.of(readPart));
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
            size,
            step.line(),
            step.text()));
  }

  /** {@return how the two accesses of a read-modify-write are related besides} */
  private static String pairing(Op op, @Nullable Computed written, int read) {
    return switch (op) {
      case Op.StoreConditional _ -> "lxsx";
      case Op.Modify m when m.operator() != null -> "iico_data";
      case Op.CompareAndSwap _
          when written != null && written.value().equals(new Value.OfRead(read)) ->
          "iico_data";
      default -> "iico_ctrl";
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
    Way controlled = state.way.control(Computed.union(state.way.control(), condition.reads()));
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
    Map<Integer, Integer> turns = state.turns;
    if (target <= state.at) {
      turns = new HashMap<>(turns);
      if (turns.merge(target, 1, Integer::sum) > most) {
        open.addLast(traced(state.with(state.way.end(End.CUT)), 0));
        return;
      }
    }
    open.addLast(traced(state, 0).turning(turns).at(target));
  }
}
