package dev.lazymm.litmus.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/** Makes up statements in C, together with what they do: an interpreter unlike the one tested. */
final class RandomThreads {
  /** What statements run on. */
  static final class Machine {
    final List<String> events = new ArrayList<>();
    final Map<String, Long> registers = new TreeMap<>();
    private final IntToLongFunction reads;

    Machine(IntToLongFunction reads) {
      this.reads = reads;
    }

    long read(String location) {
      long value = reads.applyAsLong(events.size());
      events.add("R " + location);
      return value;
    }

    void write(String location, long value) {
      events.add("W " + location + " := " + value);
    }
  }

  /** How a statement ends. */
  enum Exit {
    NEXT,
    BREAK,
    CONTINUE,
    RETURN,
    CUT
  }

  interface Compute {
    long on(Machine machine);
  }

  interface Run {
    Exit on(Machine machine);
  }

  record Expr(String text, Compute compute) {
    long on(Machine machine) {
      return compute.on(machine);
    }
  }

  record Stmt(String text, Run run) {}

  private final RandomGenerator random;

  RandomThreads(RandomGenerator random) {
    this.random = random;
  }

  private String location() {
    return random.nextBoolean() ? "x" : "y";
  }

  private String register() {
    return "r" + random.nextInt(3);
  }

  Expr expression(int depth) {
    if (depth == 0) {
      return simple();
    }
    Expr a = expression(depth - 1);
    Expr b = expression(depth - 1);
    String at = location();
    return switch (random.nextInt(10)) {
      case 0 -> new Expr("(" + a.text + " + " + b.text + ")", m -> a.on(m) + b.on(m));
      case 1 -> new Expr("(" + a.text + " == " + b.text + ")", m -> a.on(m) == b.on(m) ? 1 : 0);
      case 2 ->
          new Expr("(" + a.text + " && " + b.text + ")", m -> a.on(m) != 0 && b.on(m) != 0 ? 1 : 0);
      case 3 ->
          new Expr("(" + a.text + " || " + b.text + ")", m -> a.on(m) != 0 || b.on(m) != 0 ? 1 : 0);
      case 4 -> {
        Expr c = simple();
        yield new Expr(
            "(" + c.text + " ? " + a.text + " : " + b.text + ")",
            m -> c.on(m) != 0 ? a.on(m) : b.on(m));
      }
      case 5 -> new Expr("!" + a.text, m -> a.on(m) == 0 ? 1 : 0);
      case 6 ->
          new Expr(
              "cmpxchg(" + at + ", " + a.text + ", " + b.text + ")",
              m -> {
                long expected = a.on(m);
                long now = b.on(m);
                long old = m.read(at);
                if (old == expected) {
                  m.write(at, now);
                }
                return old;
              });
      case 7 ->
          new Expr(
              "atomic_add_unless(" + at + ", " + a.text + ", " + b.text + ")",
              m -> {
                long amount = a.on(m);
                long unless = b.on(m);
                long old = m.read(at);
                if (old != unless) {
                  m.write(at, old + amount);
                }
                return old != unless ? 1 : 0;
              });
      case 8 ->
          new Expr(
              "atomic_sub_return(" + a.text + ", " + at + ")",
              m -> {
                // The address comes first, but only the operand reads.
                long amount = a.on(m);
                long now = m.read(at) - amount;
                m.write(at, now);
                return now;
              });
      default -> simple();
    };
  }

  private Expr simple() {
    String r = register();
    String at = location();
    long number = random.nextInt(3);
    return switch (random.nextInt(3)) {
      case 0 -> new Expr(Long.toString(number), _ -> number);
      case 1 -> new Expr(r, m -> m.registers.getOrDefault(r, 0L));
      default -> new Expr("*" + at, m -> m.read(at));
    };
  }

  Stmt block(int depth, boolean inLoop) {
    int count = 1 + random.nextInt(3);
    List<Stmt> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(statement(depth, inLoop));
    }
    var text = new StringBuilder("{ ");
    all.forEach(s -> text.append(s.text).append(' '));
    return new Stmt(
        text + "}",
        m -> {
          for (Stmt s : all) {
            Exit exit = s.run.on(m);
            if (exit != Exit.NEXT) {
              return exit;
            }
          }
          return Exit.NEXT;
        });
  }

  private Stmt statement(int depth, boolean inLoop) {
    Expr e = expression(random.nextInt(3));
    String r = register();
    String at = location();
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> assign(r + " = ", e, r);
      case 1 -> assign("int " + r + " = ", e, r);
      case 2 ->
          new Stmt(
              "*" + at + " = " + e.text + ";",
              m -> {
                m.write(at, e.on(m));
                return Exit.NEXT;
              });
      case 3 -> jump(inLoop);
      case 4 -> {
        Stmt then = block(depth - 1, inLoop);
        yield new Stmt(
            "if (" + e.text + ") " + then.text, m -> e.on(m) != 0 ? then.run.on(m) : Exit.NEXT);
      }
      case 5 -> {
        Stmt then = block(depth - 1, inLoop);
        Stmt otherwise = block(depth - 1, inLoop);
        yield new Stmt(
            "if (" + e.text + ") " + then.text + " else " + otherwise.text,
            m -> (e.on(m) != 0 ? then : otherwise).run.on(m));
      }
      default -> loop(at, block(depth - 1, true));
    };
  }

  private static Stmt assign(String start, Expr e, String register) {
    return new Stmt(
        start + e.text + ";",
        m -> {
          m.registers.put(register, e.on(m));
          return Exit.NEXT;
        });
  }

  private Stmt jump(boolean inLoop) {
    return switch (random.nextInt(inLoop ? 6 : 2)) {
      case 0 -> new Stmt("return;", _ -> Exit.RETURN);
      case 1, 2 -> new Stmt(";", _ -> Exit.NEXT);
      case 3, 4 -> new Stmt("break;", _ -> Exit.BREAK);
      default -> new Stmt("continue;", _ -> Exit.CONTINUE);
    };
  }

  private static Stmt loop(String at, Stmt body) {
    return new Stmt(
        "while (*" + at + ") " + body.text,
        m -> {
          for (int times = 0; m.read(at) != 0; times++) {
            if (times == 2) {
              return Exit.CUT;
            }
            switch (body.run.on(m)) {
              case BREAK -> {
                return Exit.NEXT;
              }
              case RETURN -> {
                return Exit.RETURN;
              }
              case CUT -> {
                return Exit.CUT;
              }
              case NEXT, CONTINUE -> {}
            }
          }
          return Exit.NEXT;
        });
  }
}
