package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a step does to memory: an event, once it is known on which way.
 *
 * @param address null of fences
 * @param value what it writes
 * @param readPart of the write of a read-modify-write, the index of its read on the path; else -1
 * @param size in bytes; 0 of fences
 */
record Access(
    Action action,
    Set<String> tags,
    @Nullable Computed address,
    @Nullable Computed value,
    int readPart,
    int size) {
  static Access fence(Set<String> tags) {
    return new Access(Action.FENCE, tags, null, null, -1, 0);
  }

  static Access read(Set<String> tags, Computed address, int size) {
    return new Access(Action.READ, tags, address, null, -1, size);
  }

  static Access write(Set<String> tags, Computed address, Computed value, int size) {
    return new Access(Action.WRITE, tags, address, value, -1, size);
  }

  /** {@return one that reads and writes, as a single event} */
  static Access update(Set<String> tags, Computed address, Computed value, int size) {
    return new Access(Action.UPDATE, tags, address, value, -1, size);
  }

  /** {@return this write, as that of a read-modify-write} */
  Access pairedWith(int read) {
    return new Access(action, tags, address, value, read, size);
  }

  /**
   * {@return a way after this}
   *
   * @param picked the reads that decide, in any way, whether it is executed
   */
  Way on(Way way, Code.Step step, Set<Integer> picked) {
    Map<String, Set<Integer>> more = new HashMap<>();
    if (address != null) {
      more.put("pick-addr", address.picks());
    }
    if (value != null) {
      more.put("pick-data", value.picks());
    }
    if (!picked.isEmpty()) {
      more.put("pick-ctrl", picked);
    }
    if (readPart >= 0) {
      more.put(pairing(step.op()), Set.of(readPart));
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
  private String pairing(Op op) {
    return switch (op) {
      case Op.StoreConditional _ -> "lxsx";
      case Op.Modify m when m.operator() != null -> "iico_data";
      case Op.CompareAndSwap _
          when value != null && value.value().equals(new Value.OfRead(readPart)) ->
          "iico_data";
      default -> "iico_ctrl";
    };
  }
}
