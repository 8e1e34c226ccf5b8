package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses tests that access a location in several sizes, as far as addresses are known. */
final class Sizes {
  /** The first access to a location. */
  private record First(int size, int line) {}

  private final Source source;
  private final List<String> locations;
  private final Map<Integer, First> byLocation = new HashMap<>();

  Sizes(Source source, List<String> locations) {
    this.source = source;
    this.locations = List.copyOf(locations);
  }

  /** Takes a thread. */
  void check(Code code, List<Path> ways) {
    Map<Integer, Integer> byLine = new HashMap<>();
    code.steps().forEach(s -> byLine.merge(s.line(), size(s.op()), Math::max));
    for (Path way : ways) {
      for (PathEvent event : way.events()) {
        if (event.address() instanceof Value.Constant(long address)) {
          check(Value.locationOf(address), byLine.getOrDefault(event.line(), 0), event.line());
        }
      }
    }
  }

  private void check(int location, int size, int line) {
    if (location < 0 || location >= locations.size() || size == 0) {
      return;
    }
    First first = byLocation.computeIfAbsent(location, _ -> new First(size, line));
    if (first.size != size) {
      throw source.error(
          new Source.Place(line, 1),
          "mixed-size tests are not supported: this accesses %d bytes of %s, line %d accesses %d"
              .formatted(size, locations.get(location), first.line, first.size));
    }
  }

  private static int size(Op op) {
    return switch (op) {
      case Op.Load l -> l.size();
      case Op.Store s -> s.size();
      case Op.StoreConditional s -> s.size();
      case Op.Modify m -> m.size();
      case Op.Update u -> u.size();
      case Op.CompareAndSwap c -> c.size();
      case Op.Move _, Op.Select _, Op.Fence _, Op.Branch _ -> 0;
    };
  }
}
