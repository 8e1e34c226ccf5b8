package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.isa.Op.CompareAndSwap.Course;
import dev.lazymm.isa.Operand;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.way.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a path the events that it has inside the processor, for models that compute dependencies
 * themselves (herd's {@code catdep}): reads and writes of registers, and branches, with how each
 * instruction relates its own events ({@code iico_data}, {@code iico_ctrl}) and which write of a
 * register each read of it reads ({@code rf-reg}).
 *
 * <p>What is related in an instruction is as in herd 7.58. Two reads of one register by one
 * instruction are one event here unless one of them is for the data that a store writes; nothing
 * depends on that.
 */
final class RegisterEvents {
  /** Where the address is kept that an exclusive load has reserved. */
  private static final String RESERVED = "ResAddr";

  private final Path path;
  private final List<PathEvent> events = new ArrayList<>();
  private final int[] renumbered;
  private final Map<String, Integer> written = new HashMap<>();

  private RegisterEvents(Path path) {
    this.path = path;
    renumbered = new int[path.events().size()];
  }

  /** {@return a path with what is inside, given the last of its steps and through it all others} */
  static Path added(Path path, Way.@Nullable Link<Executed> trace) {
    return new RegisterEvents(path).add(new ArrayDeque<>(Way.list(trace)));
  }

  private Path add(Deque<Executed> steps) {
    while (!steps.isEmpty()) {
      List<Executed> instruction = new ArrayList<>();
      do {
        instruction.add(steps.removeFirst());
      } while (!steps.isEmpty() && !steps.getFirst().step().first());
      add(instruction);
    }
    return Renumbering.of(path, events, renumbered);
  }

  private void add(List<Executed> instruction) {
    var inside = new Inside(instruction.getFirst().step(), events.size(), written);
    for (Executed executed : instruction) {
      List<Integer> memory = new ArrayList<>();
      for (int e = executed.from(); e < executed.to(); e++) {
        renumbered[e] = events.size() + inside.size();
        PathEvent event = path.events().get(e);
        memory.add(inside.memory(event, all(event.more().getOrDefault("lxsx", Set.of()))));
      }
      relate(inside, executed.step().op(), memory, executed.choice());
    }
    events.addAll(inside.events());
    inside.writes(written);
  }

  private Set<Integer> all(Set<Integer> numbers) {
    return numbers.stream().map(e -> renumbered[e]).collect(Collectors.toSet());
  }

  private static void relate(Inside in, Op op, List<Integer> memory, int choice) {
    switch (op) {
      case Op.Move m -> in.data(in.reads(m.value()), in.write(m.register()));
      case Op.Select s -> select(in, s, choice == 1);
      case Op.Load l -> {
        List<Integer> address = in.reads(l.address());
        in.data(address, memory.getFirst());
        in.data(memory, in.write(l.register()));
        if (l.reserves()) {
          in.data(address, in.write(RESERVED));
        }
      }
      case Op.Store s -> {
        in.data(in.reads(s.address()), memory.getFirst());
        in.data(in.readsOfData(s.value()), memory.getFirst());
      }
      case Op.StoreConditional s -> storeConditional(in, s, memory);
      case Op.Modify m -> modify(in, m, memory);
      case Op.CompareAndSwap c -> compareAndSwap(in, c, memory, c.courses().get(choice));
      case Op.Fence _ -> {}
      case Op.Branch b -> {
        if (b.condition() != null) {
          in.data(in.reads(b.condition()), in.branch("BCC"));
        }
      }
    }
  }

  private static void select(Inside in, Op.Select s, boolean holds) {
    int decision = in.branch("PRED");
    in.data(in.reads(s.condition()), decision);
    List<Integer> chosen = in.readsOfData(holds ? s.then() : s.otherwise());
    chosen.forEach(read -> in.control(decision, read));
    int target = in.write(s.register());
    in.control(decision, target);
    in.data(chosen, target);
  }

  /** The status depends on nothing. */
  private static void storeConditional(Inside in, Op.StoreConditional s, List<Integer> memory) {
    List<Integer> reserved = in.reads(new Operand.Register(RESERVED));
    List<Integer> address = in.reads(s.address());
    List<Integer> value = in.readsOfData(s.value());
    int end = in.write(RESERVED);
    in.write(s.status());
    reserved.forEach(r -> in.control(r, end));
    for (int write : memory) {
      in.data(address, write);
      in.data(value, write);
      reserved.forEach(r -> in.control(r, write));
      address.forEach(r -> in.control(r, write));
    }
  }

  private static void modify(Inside in, Op.Modify m, List<Integer> memory) {
    int read = memory.getFirst();
    int write = memory.getLast();
    List<Integer> address = in.reads(m.address());
    List<Integer> value = in.readsOfData(m.value());
    in.data(address, read);
    in.data(address, write);
    in.data(value, write);
    if (read != write) {
      if (m.operator() == null) {
        in.control(read, write);
      } else {
        in.data(List.of(read), write);
      }
    }
    if (m.old() != null) {
      int old = in.write(m.old());
      in.data(List.of(read), old);
      value.forEach(v -> in.control(v, old));
    }
  }

  private static void compareAndSwap(
      Inside in, Op.CompareAndSwap c, List<Integer> memory, Course course) {
    int read = memory.getFirst();
    List<Integer> address = in.reads(c.address());
    List<Integer> expected = in.readsOfData(c.expected());
    int decision = in.branch("PRED");
    in.data(address, read);
    in.data(expected, decision);
    in.data(List.of(read), decision);
    if (memory.size() > 1) {
      int write = memory.getLast();
      in.data(address, write);
      in.control(decision, write);
      in.data(course.succeeds() ? in.readsOfData(c.value()) : List.of(read), write);
    }
    if (c.old() != null) {
      int old = in.write(c.old());
      in.data(course == Course.SUCCEEDS_AS_EXPECTED ? expected : List.of(read), old);
      if (course == Course.SUCCEEDS_AS_EXPECTED || course == Course.FAILS_BY_COMPARISON) {
        in.control(decision, old);
      }
    }
  }
}
