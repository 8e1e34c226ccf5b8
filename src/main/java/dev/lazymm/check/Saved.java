package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Slab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exploration as lines of text, and back. Choices are numbers, cells go by {@link CellIds}, so
 * the text means the same to every process.
 *
 * <pre>
 * slots   mm_struct.1.0.A%27 ...                 what the scripts have allocated
 * shared  12:0 ...                               the footprint
 * handled 15:1 ...
 * polled  1 ...
 * part    END EXECUTIONS BLOCKED LARGEST FOUNDAT EXACT
 * start   CHOICE ... | CHOICE ...; ...           a level; applied | untried
 * rest    ...
 * touched 12:0=258 ...
 * tally   ...                                    as the tally has it
 * </pre>
 *
 * The first part is what is done; the others follow in their order.
 */
final class Saved {
  private Saved() {}

  /** What was read. */
  record Content(Footprint.Known known, Part front, List<Part> parts) {}

  /** Writes all of an exploration: what is left to do may take much of the memory. */
  static void write(
      Footprint.Known known, Part front, List<Part> parts, Memory memory, Appendable to)
      throws IOException {
    for (String line : known(known, new CellIds(memory), memory)) {
      to.append(line).append('\n');
    }
    Image.of(front, memory).write(to);
    for (Part part : parts) {
      Image image = part.running ? part.image : null;
      (image == null ? Image.of(part, memory) : image).write(to);
    }
  }

  /** {@return a footprint, and what it needs of the memory} */
  static List<String> known(Footprint.Known known, CellIds ids, Memory memory) {
    StringJoiner shared = new StringJoiner(" ", "shared ", "").setEmptyValue("shared");
    StringJoiner handled = new StringJoiner(" ", "handled ", "").setEmptyValue("handled");
    StringJoiner polled = new StringJoiner(" ", "polled ", "").setEmptyValue("polled");
    for (int c = 0; c < known.shared().length; c++) {
      if (known.isShared(c)) {
        shared.add(ids.name(c));
      }
      if (known.isHandled(c)) {
        handled.add(ids.name(c));
      }
    }
    for (int t = 0; t < known.polled().length; t++) {
      if (known.polled()[t]) {
        polled.add(Integer.toString(t));
      }
    }
    return List.of(
        ("slots " + String.join(" ", CellIds.taken(memory))).strip(),
        shared.toString(),
        handled.toString(),
        polled.toString());
  }

  /**
   * A part as it was at some moment.
   *
   * @param head its first line
   * @param start where it began
   * @param rest what was left to do
   * @param tail its other lines
   */
  record Image(String head, List<Level> start, List<Level> rest, List<String> tail) {
    /** {@return a part as it is now, or was noted last} */
    static Image of(Part part, Memory memory) {
      CellIds ids = new CellIds(memory);
      StringJoiner touched = new StringJoiner(" ", "touched ", "").setEmptyValue("touched");
      for (int c = 0; c < part.touches.cells(); c++) {
        if (part.touches.bits(c) != 0) {
          touched.add(ids.name(c) + "=" + part.touches.bits(c));
        }
      }
      List<String> tail = new ArrayList<>(List.of(touched.toString()));
      part.tally.save().forEach(line -> tail.add("tally " + line));
      return new Image(
          "part %s %d %d %d %d %s"
              .formatted(
                  part.end == null ? "OPEN" : part.end.name(),
                  part.executions,
                  part.blocked,
                  part.largest,
                  part.foundAt,
                  part.exact),
          part.start,
          part.rest,
          tail);
    }

    private void write(Appendable to) throws IOException {
      to.append(head).append("\nstart");
      levels(start, to);
      to.append("\nrest");
      levels(rest, to);
      to.append('\n');
      for (String line : tail) {
        to.append(line).append('\n');
      }
    }

    private static void levels(List<Level> levels, Appendable to) throws IOException {
      char before = ' ';
      for (Level level : levels) {
        to.append(before).append(Saved.level(level));
        before = ';';
      }
    }
  }

  /** {@return a place in an exploration as one line} */
  static String levels(List<Level> levels) {
    StringJoiner line = new StringJoiner(";");
    levels.forEach(l -> line.add(level(l)));
    return line.toString();
  }

  private static String level(Level l) {
    return choices(l.applied()) + "|" + choices(l.untried());
  }

  private static String choices(List<Choice> choices) {
    StringJoiner line = new StringJoiner(" ");
    for (Choice c : choices) {
      String sets = c.sets() == 0 ? "" : "." + c.sets();
      line.add(c.kind() + "." + c.size() + "." + c.thread() + "." + c.a() + "." + c.b() + sets);
    }
    return line.toString();
  }

  /** {@return the place that {@link #levels} has told} */
  static List<Level> levels(String line) {
    List<Level> levels = new ArrayList<>();
    for (String level : line.isEmpty() ? new String[0] : line.split(";", -1)) {
      int bar = level.indexOf('|');
      levels.add(new Level(choices(level.substring(0, bar)), choices(level.substring(bar + 1))));
    }
    return levels;
  }

  private static List<Choice> choices(String words) {
    List<Choice> choices = new ArrayList<>();
    for (String word : words(words)) {
      String[] fields = word.split("\\.", -1);
      List<Integer> n = Stream.of(fields).limit(5).map(Integer::valueOf).toList();
      long sets = fields.length > 5 ? Long.parseLong(fields[5]) : 0;
      choices.add(new Choice(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), sets));
    }
    return choices;
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split(" +", -1));
  }

  /**
   * {@return a footprint for a memory}
   *
   * @param lines the four that {@link #known} has made
   * @param slabs those that the scripts allocate from
   */
  static Footprint.Known known(List<String> lines, Memory memory, List<Slab<?>> slabs) {
    CellIds.take(slabs, words(after("slots", lines.get(0))));
    CellIds ids = new CellIds(memory);
    boolean[] shared = new boolean[memory.cellCount()];
    boolean[] handled = new boolean[shared.length];
    boolean[] polled = new boolean[memory.cpus()];
    words(after("shared", lines.get(1))).forEach(w -> shared[ids.cell(w)] = true);
    words(after("handled", lines.get(2))).forEach(w -> handled[ids.cell(w)] = true);
    words(after("polled", lines.get(3))).forEach(w -> polled[Integer.parseInt(w)] = true);
    return new Footprint.Known(shared, handled, polled);
  }

  /**
   * {@return what {@link #write} has made}
   *
   * @throws RuntimeException if the lines are something else
   */
  static Content read(List<String> lines, Memory memory, List<Slab<?>> slabs, Tally tally) {
    Footprint.Known known = known(lines.subList(0, 4), memory, slabs);
    CellIds ids = new CellIds(memory);
    List<Part> parts = new ArrayList<>();
    int i = 4;
    while (i < lines.size()) {
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).startsWith("part ")) {
        end++;
      }
      parts.add(readPart(lines.subList(i, end), ids, tally.fresh()));
      i = end;
    }
    return new Content(known, parts.getFirst(), parts.subList(1, parts.size()));
  }

  private static Part readPart(List<String> lines, CellIds ids, Tally tally) {
    List<String> head = words(after("part", lines.get(0)));
    Part part = new Part(levels(after("start", lines.get(1))), tally);
    part.rest = levels(after("rest", lines.get(2)));
    part.end = head.get(0).equals("OPEN") ? null : Part.End.valueOf(head.get(0));
    part.executions = Long.parseLong(head.get(1));
    part.blocked = Long.parseLong(head.get(2));
    part.largest = Integer.parseInt(head.get(3));
    part.foundAt = Long.parseLong(head.get(4));
    part.exact = Boolean.parseBoolean(head.get(5));
    for (String word : words(after("touched", lines.get(3)))) {
      int is = word.indexOf('=');
      part.touches.addBits(
          ids.cell(word.substring(0, is)), Integer.parseInt(word.substring(is + 1)));
    }
    tally.load(lines.stream().skip(4).map(line -> after("tally", line)).toList());
    return part;
  }

  private static String after(String word, @Nullable String line) {
    if (line == null || !line.startsWith(word)) {
      throw new IllegalArgumentException("expected " + word);
    }
    return line.substring(word.length()).strip();
  }
}
