package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a test in C into those of an architecture one by one, with tags from a table
 * of our own: no assembly is written or read. What a branch asked about controls all that follows;
 * {@link Branches} has marked where there are branches.
 */
final class EventMapper {
  /** What an architecture makes of annotations. */
  interface Table {
    /** {@return the tags of a fence; empty if it is none} */
    Optional<Set<String>> fence(String tag);

    Set<String> read(Set<String> tags);

    Set<String> write(Set<String> tags);

    /** {@return the tags of the read of a read-modify-write} */
    Set<String> readOfAtomic(Set<String> tags, boolean writes);

    Set<String> writeOfAtomic(Set<String> tags);
  }

  /** arm64 with LSE. */
  static final Table AARCH64 =
      new Table() {
        @Override
        public Optional<Set<String>> fence(String tag) {
          return switch (tag) {
            case "MB", "before-atomic", "after-atomic", "after-spinlock" ->
                Optional.of(Set.of("DMB.ISH", "FULL"));
            case "rmb" -> Optional.of(Set.of("DMB.ISHLD", "LOADS"));
            case "wmb" -> Optional.of(Set.of("DMB.ISHST", "STORES"));
            default -> Optional.empty();
          };
        }

        @Override
        public Set<String> read(Set<String> tags) {
          return tags.contains("ACQUIRE") ? Set.of("A") : Set.of();
        }

        @Override
        public Set<String> write(Set<String> tags) {
          return tags.contains("RELEASE") ? Set.of("L") : Set.of();
        }

        @Override
        public Set<String> readOfAtomic(Set<String> tags, boolean writes) {
          if (tags.contains("NORETURN")) {
            return Set.of("NoRet");
          }
          return acquires(tags) ? Set.of("X", "A") : Set.of("X");
        }

        private boolean acquires(Set<String> tags) {
          return tags.contains("ACQUIRE") || tags.contains("MB");
        }

        @Override
        public Set<String> writeOfAtomic(Set<String> tags) {
          return tags.contains("RELEASE") || tags.contains("MB") ? Set.of("X", "L") : Set.of("X");
        }
      };

  /** x86, where all that is locked is a fence. */
  static final Table X86 =
      new Table() {
        @Override
        public Optional<Set<String>> fence(String tag) {
          return tag.equals("MB") ? Optional.of(Set.of("MFENCE")) : Optional.empty();
        }

        @Override
        public Set<String> read(Set<String> tags) {
          return Set.of();
        }

        @Override
        public Set<String> write(Set<String> tags) {
          return Set.of();
        }

        @Override
        public Set<String> readOfAtomic(Set<String> tags, boolean writes) {
          return Set.of("X");
        }

        @Override
        public Set<String> writeOfAtomic(Set<String> tags) {
          return Set.of("X");
        }
      };

  private final Table table;

  EventMapper(Table table) {
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
      boolean writes = i + 1 < path.events().size() && path.events().get(i + 1).readPart() == i;
      switch (e.action()) {
        case FENCE -> fence(e);
        case READ -> {
          if (e.rmw() && e.text().matches(".*(add_unless|inc_not_zero).*")) {
            checked(i, e, writes);
          } else {
            put(
                i,
                e,
                Action.READ,
                e.rmw() ? table.readOfAtomic(e.tags(), writes) : table.read(e.tags()),
                null);
          }
        }
        case WRITE ->
            put(
                i,
                e,
                Action.WRITE,
                e.readPart() >= 0 ? table.writeOfAtomic(e.tags()) : table.write(e.tags()),
                e.value());
        case LOCK_READ -> {
          put(i, e, Action.READ, table.readOfAtomic(Set.of("ACQUIRE"), true), null);
          guards.add(new Path.Guard(new Value.OfRead(at(i)), false));
          if (e.text().contains("spin_lock")) {
            control = union(control, Set.of(at(i))); // whether it was free is a branch
          }
        }
        case LOCK_WRITE ->
            put(i, e, Action.WRITE, table.writeOfAtomic(Set.of("ACQUIRE")), new Value.Constant(1));
        case LOCK_FAIL -> {
          put(i, e, Action.READ, table.readOfAtomic(Set.of("ACQUIRE"), false), null);
          guards.add(new Path.Guard(new Value.OfRead(at(i)), true));
        }
        case UNLOCK ->
            put(i, e, Action.WRITE, table.write(Set.of("RELEASE")), new Value.Constant(0));
        case READ_LOCKED, READ_UNLOCKED -> {
          put(i, e, Action.READ, table.read(Set.of()), null);
          guards.add(new Path.Guard(new Value.OfRead(at(i)), e.action() == Action.READ_LOCKED));
        }
        default -> throw new AssertionError(e);
      }
    }

    private void fence(PathEvent e) {
      if (e.tags().contains(Branches.MARK)) {
        control = union(control, all(e.ctrl()));
        return;
      }
      for (String tag : e.tags()) {
        table
            .fence(tag)
            .ifPresent(tags -> add(e, Action.FENCE, tags, null, null, -1, Set.of(), Map.of()));
      }
    }

    /** A loop of read, compare and swap: all but the last time round is no matter. */
    private void checked(int i, PathEvent e, boolean writes) {
      put(i, e, Action.READ, table.read(Set.of()), null);
      int first = at(i);
      control = union(control, Set.of(first));
      if (writes) {
        put(i, e, Action.READ, table.readOfAtomic(e.tags(), true), null);
        var same = new Value.Binary(Operator.EQ, new Value.OfRead(at(i)), new Value.OfRead(first));
        guards.add(new Path.Guard(same, true));
      }
    }

    private void put(int i, PathEvent e, Action action, Set<String> tags, @Nullable Value written) {
      int readPart = e.readPart() < 0 ? -1 : at(e.readPart());
      // An instruction does not depend on itself.
      Set<Integer> data = new HashSet<>(all(e.data()));
      data.remove(readPart);
      Map<String, Set<Integer>> more = new HashMap<>();
      if (readPart >= 0) {
        boolean computes = e.data().contains(e.readPart());
        boolean compares = e.text().contains("cmpxchg") || action(e.readPart()) == Action.LOCK_READ;
        if (computes) {
          more.put("iico_data", Set.of(readPart));
        }
        if (compares) {
          more.put("iico_ctrl", Set.of(readPart));
        }
      }
      add(
          e,
          action,
          tags,
          written == null ? null : value(written),
          e.address(),
          readPart,
          data,
          more);
      where.put(i, events.size() - 1);
      if (e.text().matches(".*(add_unless|inc_not_zero).*") && readPart >= 0) {
        control = union(control, Set.of(readPart));
      }
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
        Set<Integer> data,
        Map<String, Set<Integer>> given) {
      Map<String, Set<Integer>> more = new HashMap<>(given);
      Set<Integer> addr = all(e.addr());
      more.put("pick-addr", addr);
      more.put("pick-data", data);
      more.put("pick-ctrl", control);
      events.add(
          new PathEvent(
              action,
              tags,
              false,
              address == null ? null : value(address),
              written,
              readPart,
              addr,
              data,
              control,
              more,
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
