package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.convert.EventTable.Form;
import dev.lazymm.litmus.convert.EventTable.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a test in C into those of an architecture one by one, with tags from a table
 * of our own: no assembly is written or read. What a branch asked about controls all that follows;
 * {@link Branches} has marked where there are branches.
 */
final class EventMapper {
  private final EventTable table;

  EventMapper(EventTable table) {
    this.table = table;
  }

  LitmusTest map(LitmusTest test) {
    return new LitmusTest(
        test.name(),
        test.arch(),
        test.locations(),
        test.initial(),
        test.threads().stream()
            .map(paths -> paths.stream().map(p -> new OnPath(p).map()).toList())
            .toList(),
        test.registers(),
        test.shown(),
        test.filter(),
        test.quantifier(),
        test.condition(),
        test.conditionText());
  }

  private final class OnPath {
    private final Path path;
    private final List<PathEvent> events = new ArrayList<>();
    private final List<Path.Guard> guards = new ArrayList<>();
    private final Map<Integer, Integer> where = new HashMap<>();
    private Set<Integer> control = Set.of();

    OnPath(Path path) {
      this.path = path;
    }

    Path map() {
      for (int i = 0; i < path.events().size(); i++) {
        event(i, path.events().get(i));
      }
      path.guards().forEach(g -> guards.add(new Path.Guard(value(g.value()), g.holds())));
      Map<String, Value> registers =
          path.registers().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> value(e.getValue())));
      return new Path(events, guards, registers, path.cut());
    }

    private void event(int i, PathEvent e) {
      switch (e.action()) {
        case FENCE -> fence(e);
        case READ -> {
          if (e.rmw()) {
            atomic(i, e, kind(e), order(e));
          } else {
            before(Kind.PLAIN, e.tags(), e);
            put(i, e, Action.READ, table.read(Kind.PLAIN, e.tags()), null, all(e.data()));
            after(Kind.PLAIN, e.tags(), e);
          }
        }
        case WRITE -> {
          if (e.readPart() < 0) {
            write(i, e, Kind.PLAIN, e.tags(), e.value());
          }
        }
        case LOCK_READ, LOCK_FAIL -> {
          boolean tries = !e.text().contains("spin_lock");
          atomic(i, e, tries ? Kind.TRYLOCK : Kind.LOCK, Set.of("ACQUIRE"));
          boolean taken = e.action() == Action.LOCK_FAIL;
          guards.add(new Path.Guard(new Value.OfRead(at(i)), taken));
        }
        case LOCK_WRITE -> {}
        case UNLOCK -> write(i, e, Kind.UNLOCK, Set.of("RELEASE"), new Value.Constant(0));
        case READ_LOCKED, READ_UNLOCKED -> {
          before(Kind.IS_LOCKED, Set.of(), e);
          put(i, e, Action.READ, table.read(Kind.IS_LOCKED, Set.of()), null, Set.of());
          guards.add(new Path.Guard(new Value.OfRead(at(i)), e.action() == Action.READ_LOCKED));
        }
        default -> throw new AssertionError(e);
      }
    }

    private void write(int i, PathEvent e, Kind kind, Set<String> tags, @Nullable Value value) {
      before(kind, tags, e);
      put(i, e, Action.WRITE, table.write(kind, tags), value, all(e.data()));
      after(kind, tags, e);
    }

    private static Kind kind(PathEvent e) {
      return e.text().contains("cmpxchg")
          ? Kind.COMPARE
          : e.text().matches(".*(add_unless|inc_not_zero).*") ? Kind.UNLESS : Kind.MODIFY;
    }

    /** {@return what orders an atomic, also where it fails, and C's event no longer says} */
    private static Set<String> order(PathEvent e) {
      return switch (kind(e)) {
        case COMPARE ->
            e.text().contains("cmpxchg_acquire")
                ? Set.of("ACQUIRE")
                : e.text().contains("cmpxchg_release")
                    ? Set.of("RELEASE")
                    : e.text().contains("cmpxchg_relaxed") ? Set.of("ONCE") : Set.of("MB");
        case UNLESS -> Set.of("MB");
        default -> e.tags();
      };
    }

    private void fence(PathEvent e) {
      if (e.tags().contains(Branches.MARK)) {
        control = union(control, all(e.ctrl()));
        return;
      }
      e.tags().forEach(tag -> fence(table.fence(tag), e));
    }

    private void fence(Set<String> tags, PathEvent e) {
      if (!tags.isEmpty()) {
        add(e, Action.FENCE, tags, null, null, -1, Set.of(), Set.of(), Map.of());
      }
    }

    private void before(Kind kind, Set<String> tags, PathEvent e) {
      fence(table.before(kind, tags), e);
    }

    private void after(Kind kind, Set<String> tags, PathEvent e) {
      fence(table.after(kind, tags), e);
    }

    // ---- read-modify-writes
    // ----------------------------------------------------------------------

    private void atomic(int i, PathEvent e, Kind kind, Set<String> order) {
      PathEvent written =
          i + 1 < path.events().size() && path.events().get(i + 1).readPart() == i
              ? path.events().get(i + 1)
              : null;
      Form form = table.form(kind);
      before(kind, order, e);
      boolean twice = kind == Kind.UNLESS && table.readsFirst();
      if (twice) {
        put(i, e, Action.READ, table.read(Kind.PLAIN, Set.of()), null, Set.of());
        asked(Set.of(at(i)));
      }
      int first = twice ? at(i) : -1;
      if (twice && written == null) {
        return;
      }
      if (form == Form.UPDATE && written != null) {
        where.put(i, events.size());
        where.put(i + 1, events.size());
        Set<Integer> data = new HashSet<>(all(written.data()));
        data.remove(at(i));
        Value value = value(kind, written);
        put(i, e, Action.UPDATE, table.read(kind, order), value, data);
      } else {
        put(i, e, Action.READ, table.read(kind, order), null, Set.of());
      }
      if (twice) {
        var same = new Value.Binary(Operator.EQ, new Value.OfRead(at(i)), new Value.OfRead(first));
        guards.add(new Path.Guard(same, true));
      }
      branch(i, kind, form, written);
      if (written != null) {
        if (form != Form.UPDATE) {
          pair(i, kind, form, order, written, first);
        }
        after(kind, order, e);
      }
    }

    /** Between the two halves of a pair there are branches; where it is one, there may be after. */
    private void branch(int i, Kind kind, Form form, @Nullable PathEvent written) {
      boolean compares = kind != Kind.MODIFY && form.isPair();
      if (compares || kind == Kind.LOCK || kind == Kind.UNLESS) {
        asked(Set.of(at(i)));
      }
      if (kind == Kind.COMPARE && compares) {
        asked(written == null ? expected(i) : all(written.ctrl()));
      }
    }

    /** {@return the reads that what a failed comparison expected was made of} */
    private Set<Integer> expected(int i) {
      return path.guards().stream()
          .map(g -> reads(g.value()))
          .filter(r -> r.contains(i))
          .findFirst()
          .map(this::all)
          .orElse(Set.of());
    }

    private static Set<Integer> reads(Value value) {
      return switch (value) {
        case Value.Constant _ -> Set.of();
        case Value.OfRead(int event) -> Set.of(event);
        case Value.Binary(_, Value left, Value right) -> union(reads(left), reads(right));
        case Value.Select(Value condition, Value then, Value otherwise) ->
            union(reads(condition), union(reads(then), reads(otherwise)));
      };
    }

    /** The write of a read-modify-write that is two events. */
    private void pair(
        int i, Kind kind, Form form, Set<String> order, PathEvent written, int first) {
      Set<Integer> data = new HashSet<>(all(written.data()));
      Set<Integer> place = all(written.addr());
      if (kind == Kind.UNLESS && first >= 0 && data.remove(at(i))) {
        data.add(first);
      }
      if (form == Form.CONDITIONAL) {
        data.addAll(place);
      } else if (form == Form.INSTRUCTION) {
        data.remove(at(i)); // an instruction does not depend on itself
      }
      put(i + 1, written, Action.WRITE, table.write(kind, order), value(kind, written), data);
      switch (form) {
        case CONDITIONAL -> asked(union(data, place));
        case RESERVED -> asked(union(Set.of(at(i + 1)), place));
        default -> {}
      }
    }

    private static @Nullable Value value(Kind kind, PathEvent written) {
      return kind == Kind.LOCK || kind == Kind.TRYLOCK ? new Value.Constant(1) : written.value();
    }

    private void asked(Set<Integer> reads) {
      control = union(control, reads);
    }

    // ---- events
    // ----------------------------------------------------------------------------------

    private void put(
        int i,
        PathEvent e,
        Action action,
        Set<String> tags,
        @Nullable Value written,
        Set<Integer> data) {
      int readPart = e.readPart() < 0 ? -1 : at(e.readPart());
      Map<String, Set<Integer>> more = new HashMap<>();
      if (readPart >= 0 && table.form(Kind.COMPARE).isPair()) {
        more.put("lxsx", Set.of(readPart));
      } else if (readPart >= 0) {
        boolean computes = e.data().contains(e.readPart());
        boolean compares = e.text().contains("cmpxchg") || action(e.readPart()) == Action.LOCK_READ;
        if (computes) {
          more.put("iico_data", Set.of(readPart));
        }
        if (compares) {
          more.put("iico_ctrl", Set.of(readPart));
        }
      }
      where.put(i, events.size());
      add(
          e,
          action,
          tags,
          written == null ? null : value(written),
          e.address(),
          readPart,
          all(e.addr()),
          data,
          more);
    }

    private Action action(int event) {
      return path.events().get(event).action();
    }

    private void add(
        PathEvent e,
        Action action,
        Set<String> tags,
        @Nullable Value written,
        @Nullable Value address,
        int readPart,
        Set<Integer> addr,
        Set<Integer> data,
        Map<String, Set<Integer>> given) {
      Map<String, Set<Integer>> more = new HashMap<>(given);
      more.put("pick-addr", addr);
      more.put("pick-data", data);
      more.put("pick-ctrl", control);
      events.add(
          new PathEvent(
              action,
              tags,
              action == Action.UPDATE,
              address == null ? null : value(address),
              written,
              readPart,
              addr,
              data,
              control,
              more,
              0,
              e.line(),
              e.text()));
    }

    private int at(int event) {
      return where.getOrDefault(event, -1);
    }

    private Set<Integer> all(Set<Integer> reads) {
      return reads.stream().map(this::at).collect(Collectors.toSet());
    }

    private Value value(Value value) {
      return switch (value) {
        case Value.Constant c -> c;
        case Value.OfRead(int event) -> new Value.OfRead(at(event));
        case Value.Binary(Operator operator, Value left, Value right) ->
            new Value.Binary(operator, value(left), value(right));
        case Value.Select(Value condition, Value then, Value otherwise) ->
            new Value.Select(value(condition), value(then), value(otherwise));
      };
    }
  }

  private static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
    Set<Integer> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }
}
