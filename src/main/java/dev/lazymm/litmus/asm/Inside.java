package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Operand;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.PathEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The events of one instruction as it is executed once, in the making. */
final class Inside {
  private final Code.Step step;
  private final int base;
  private final Map<String, Integer> writtenBefore;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * An event.
   *
   * @param memory if it is one of the path already
   * @param register that it reads or writes
   * @param reserved the event that it is the store to, of those before the instruction
   */
  private record Node(
      @Nullable PathEvent memory,
      @Nullable String register,
      Set<String> tags,
      Set<Integer> reserved,
      Set<Integer> data,
      Set<Integer> control) {}

  /**
   * @param base the index on the path of its first event
   * @param writtenBefore the events that wrote registers last, by register
   */
  Inside(Code.Step step, int base, Map<String, Integer> writtenBefore) {
    this.step = step;
    this.base = base;
    this.writtenBefore = writtenBefore;
  }

  int size() {
    return nodes.size();
  }

  private int add(@Nullable PathEvent memory, @Nullable String register, Set<String> tags) {
    return add(new Node(memory, register, tags, Set.of(), new HashSet<>(), new HashSet<>()));
  }

  private int add(Node node) {
    nodes.add(node);
    return nodes.size() - 1;
  }

  /**
   * Adds an event that is on the path already; {@return its number here}
   *
   * @param reserved if it is the store to an exclusive load, that
   */
  int memory(PathEvent event, Set<Integer> reserved) {
    return add(new Node(event, null, event.tags(), reserved, new HashSet<>(), new HashSet<>()));
  }

  /** Adds a branch, or a decision inside the instruction; {@return its number} */
  int branch(String kind) {
    return add(null, null, Set.of("B", kind));
  }

  /** Adds a write of a register; {@return its number} */
  int write(String register) {
    return once(canonical(register), Set.of("Wreg"));
  }

  /** Adds reads of the registers of an operand; {@return their numbers} */
  List<Integer> reads(Operand operand) {
    return reads(operand, Set.of("Rreg"));
  }

  /** Adds reads of the registers of an operand that is data; {@return their numbers} */
  List<Integer> readsOfData(Operand operand) {
    return reads(operand, Set.of("Rreg", "DATA"));
  }

  private List<Integer> reads(Operand operand, Set<String> tags) {
    return switch (operand) {
      case Operand.Register(String name) -> List.of(once(canonical(name), tags));
      case Operand.Binary(_, Operand left, Operand right) -> {
        List<Integer> all = new ArrayList<>(reads(left, tags));
        all.addAll(reads(right, tags));
        yield all;
      }
      case Operand.Immediate _, Operand.Location _ -> List.of();
    };
  }

  /** Parts of a register that are always written together are one. */
  private static String canonical(String register) {
    int dot = register.indexOf('.');
    return dot < 0 ? register : register.substring(0, dot);
  }

  private int once(String register, Set<String> tags) {
    for (int i = 0; i < nodes.size(); i++) {
      if (register.equals(nodes.get(i).register) && nodes.get(i).tags.equals(tags)) {
        return i;
      }
    }
    return add(null, register, tags);
  }

  void data(List<Integer> from, int to) {
    nodes.get(to).data.addAll(from);
  }

  void control(int from, int to) {
    nodes.get(to).control.add(from);
  }

  /** Tells which registers it writes. */
  void writes(Map<String, Integer> into) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.register != null && node.tags.contains("Wreg")) {
        into.put(node.register, base + i);
      }
    }
  }

  List<PathEvent> events() {
    Set<Integer> all =
        IntStream.range(base, base + nodes.size()).boxed().collect(Collectors.toSet());
    return nodes.stream().map(n -> event(n, all)).toList();
  }

  private PathEvent event(Node node, Set<Integer> all) {
    Map<String, Set<Integer>> more = new HashMap<>();
    more.put("same-instance", all);
    more.put("iico_data", shifted(node.data));
    more.put("iico_ctrl", shifted(node.control));
    if (!node.reserved.isEmpty()) {
      more.put("lxsx", node.reserved);
    }
    Integer source =
        node.register != null && node.tags.contains("Rreg")
            ? writtenBefore.get(node.register)
            : null;
    if (source != null) {
      more.put("rf-reg", Set.of(source));
    }
    if (node.memory != null) {
      return node.memory.relatedBy(more);
    }
    return new PathEvent(
        Action.INTERNAL,
        node.tags,
        false,
        null,
        null,
        -1,
        Set.of(),
        Set.of(),
        Set.of(),
        more,
        0,
        step.line(),
        step.text());
  }

  private Set<Integer> shifted(Set<Integer> here) {
    return here.stream().map(i -> base + i).collect(Collectors.toSet());
  }
}
