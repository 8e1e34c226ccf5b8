package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Slab;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names of cells that are the same in every memory of one program. Objects of the start are named
 * by their handles, slots that CPUs have taken by slab, CPU and number, parts and cells by their
 * place in what they are of: {@code 12:0}, {@code mm_struct.1.0/2:3}.
 */
final class CellIds {
  private final Memory memory;
  private final Map<KObject, String> names = new HashMap<>();
  private final Map<String, KObject> objects = new HashMap<>();

  /** Names those that a memory has now. */
  CellIds(Memory memory) {
    this.memory = memory;
    int n = memory.objectCount();
    for (int i = 1; i <= n; i++) {
      KObject o = memory.object(i);
      if (isTaken(memory, o)) {
        name(o, slab(o).name() + "." + o.slotCpu() + "." + o.slotNumber());
      }
    }
    for (int i = 1; i <= n; i++) {
      if (!names.containsKey(memory.object(i))) {
        put(memory.object(i), Integer.toString(i));
      }
    }
  }

  private void name(KObject o, String name) {
    put(o, name);
    for (int i = 0; i < o.parts().size(); i++) {
      name(o.parts().get(i), name + "/" + i);
    }
  }

  private void put(KObject o, String name) {
    names.put(o, name);
    objects.put(name, o);
  }

  /** Setup takes its slots from a row that no CPU uses. */
  private static boolean isTaken(Memory memory, KObject o) {
    return o.slab() != null && o.slotCpu() < memory.cpus();
  }

  private static Slab<?> slab(KObject o) {
    return Objects.requireNonNull(o.slab());
  }

  /** {@return the name of a cell by its index} */
  String name(int c) {
    Cell cell = memory.cell(c);
    return names.get(cell.owner()) + ":" + cell.owner().cells().indexOf(cell);
  }

  /**
   * {@return the index of a cell by its name}
   *
   * @throws IllegalArgumentException if there is none
   */
  int cell(String name) {
    int colon = name.indexOf(':');
    KObject o = objects.get(name.substring(0, Math.max(0, colon)));
    int i = Integer.parseInt(name.substring(colon + 1));
    if (o == null || i < 0 || i >= o.cells().size()) {
      throw new IllegalArgumentException("there is no cell " + name);
    }
    return o.cells().get(i).index();
  }

  /** {@return the slots that CPUs have taken, one a word, for {@link #take}} */
  static List<String> taken(Memory memory) {
    List<KObject> slots = new ArrayList<>();
    for (int i = 1; i <= memory.objectCount(); i++) {
      if (isTaken(memory, memory.object(i))) {
        slots.add(memory.object(i));
      }
    }
    slots.sort(
        Comparator.comparing((KObject o) -> slab(o).name())
            .thenComparingInt(KObject::slotCpu)
            .thenComparingInt(KObject::slotNumber));
    return slots.stream()
        .map(o ->
            String.join(
                ".",
                encode(slab(o).name()),
                Integer.toString(o.slotCpu()),
                Integer.toString(o.slotNumber()),
                encode(o.name())))
        .toList();
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  /**
   * Takes the slots that {@link #taken} has told.
   *
   * @throws IllegalArgumentException if there is no such slab
   */
  static void take(List<Slab<?>> slabs, List<String> taken) {
    for (String word : taken) {
      List<String> fields = List.of(word.split("\\.", -1));
      String name = URLDecoder.decode(fields.getFirst(), StandardCharsets.UTF_8);
      Slab<?> slab =
          slabs.stream()
              .filter(s -> s.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no slab " + name));
      slab.slot(
          Integer.parseInt(fields.get(1)),
          Integer.parseInt(fields.get(2)),
          URLDecoder.decode(fields.get(3), StandardCharsets.UTF_8));
    }
  }
}
