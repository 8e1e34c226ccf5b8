package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads a {@link SmallProgram} in the form in which it prints itself. */
final class SmallPrograms {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private SmallPrograms() {}

  /**
   * {@return the program of a text} One line a thread or handler: {@code 0: x0 = 1; r = x1} and
   * {@code h0: x1 = 2}.
   */
  static SmallProgram parse(String text) {
    List<List<Op>> threads = new ArrayList<>();
    List<List<Op>> handlers = new ArrayList<>();
    for (String line : text.lines().filter(s -> !s.isBlank()).toList()) {
      int colon = line.indexOf(':');
      List<Op> ops = new ArrayList<>();
      for (String op : line.substring(colon + 1).split(";", -1)) {
        if (!op.isBlank()) {
          ops.add(op(op.strip()));
        }
      }
      (line.strip().startsWith("h") ? handlers : threads).add(ops);
    }
    return new SmallProgram(threads, handlers);
  }

  private static Op op(String text) {
    if (text.startsWith("if r: ")) {
      return new Op.When(op(text.substring("if r: ".length())));
    }
    List<Integer> n =
        NUMBER.matcher(text).results().map(MatchResult::group).map(Integer::valueOf).toList();
    List<String> words = List.of(text.split(" ", -1));
    return switch (words.getFirst()) {
      case "lock" -> new Op.LockOp(n.getFirst());
      case "unlock" -> new Op.UnlockOp(n.getFirst());
      case "irq" ->
          switch (words.getLast()) {
            case "off" -> new Op.IrqOff();
            case "on" -> new Op.IrqOn();
            case "save" -> new Op.IrqSave();
            default -> new Op.IrqRestore();
          };
      case "await" -> new Op.Await(n.getFirst(), Cond.valueOf(words.get(2)), n.getLast());
      case "send" -> {
        long mask = 0;
        for (int target : n.subList(1, n.size())) {
          mask |= 1L << target;
        }
        yield new Op.Send(mask, n.getFirst(), text.endsWith(", wait"));
      }
      case "r" -> {
        if (words.size() == 3) {
          yield new Op.Load(n.getFirst());
        }
        int expected = n.size() > 2 ? n.get(2) : 0;
        yield new Op.RmwOp(Rmw.valueOf(words.get(2)), n.getFirst(), n.get(1), expected);
      }
      default ->
          words.get(1).equals("+=")
              ? new Op.Add(n.getFirst(), n.getLast())
              : text.endsWith("= r + 1")
                  ? new Op.StoreLast(n.getFirst())
                  : new Op.Store(n.getFirst(), n.getLast());
    };
  }
}
