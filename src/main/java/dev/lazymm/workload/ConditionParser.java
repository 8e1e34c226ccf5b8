package dev.lazymm.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a condition: {@code |} binds less than {@code &}, and that less than {@code !}. */
final class ConditionParser {
  private static final Pattern CPU = Pattern.compile("cpu([0-9]{1,4})");
  private static final Pattern LOAD = Pattern.compile("r([0-9]{1,4})");
  private static final Pattern RESULT = Pattern.compile("ret([0-9]{1,4})");
  private static final String A_REGISTER = "curr, mm, active_mm, root, r1 or ret1";
  private static final String AN_ATOM =
      "a condition: cpuN.curr, cpuN.mm, cpuN.active_mm, cpuN.root, cpuN.rK, cpuN.retK, N in mask(A), count(A),"
          + " users(A), freed(A), a user cell, ! or (";

  private final LineScanner in;
  private final BiConsumer<Integer, Integer> places;
  private int atoms;

  /**
   * @param places told of each atom's ordinal and column
   */
  ConditionParser(LineScanner in, BiConsumer<Integer, Integer> places) {
    this.in = in;
    this.places = places;
  }

  Condition condition() {
    List<Condition> of = new ArrayList<>();
    do {
      of.add(all());
    } while (in.takes('|'));
    return of.size() == 1 ? of.getFirst() : new Condition.Any(of);
  }

  private Condition all() {
    List<Condition> of = new ArrayList<>();
    do {
      of.add(unary());
    } while (in.takes('&'));
    return of.size() == 1 ? of.getFirst() : new Condition.All(of);
  }

  private Condition unary() {
    if (in.takes('!')) {
      return new Condition.Not(unary());
    }
    if (in.takes('(')) {
      Condition inner = condition();
      in.expect(')', "&, | or )");
      return inner;
    }
    places.accept(atoms++, in.column());
    if (in.seesNumber()) {
      return inMask();
    }
    int column = in.column();
    String word = in.word(AN_ATOM);
    Matcher cpu = CPU.matcher(word);
    if (cpu.matches()) {
      return cpu(Integer.parseInt(cpu.group(1)));
    }
    return switch (word) {
      case "count" -> {
        String mm = argument("an mm or init", n -> Names.isMm(n) || n.equals("init"));
        yield compare(() -> new Condition.Count(mm, in.number("a number")));
      }
      case "users" -> {
        String mm = argument("an mm or init", n -> Names.isMm(n) || n.equals("init"));
        yield compare(() -> new Condition.Users(mm, in.number("a number")));
      }
      case "freed" -> new Condition.Freed(argument("an mm", Names::isMm));
      default -> {
        if (!Names.isCell(word)) {
          throw in.error(column, "\"" + word + "\" is not a condition", AN_ATOM);
        }
        yield compare(() -> new Condition.CellIs(word, in.number("a number")));
      }
    };
  }

  private Condition inMask() {
    int cpu = in.index("a CPU");
    boolean not = in.peekWord().equals("not");
    if (not) {
      in.word("not");
    }
    in.word("in"::equals, "in or not in");
    in.word("mask"::equals, "mask(A)");
    Condition atom = new Condition.InMask(cpu, argument("an mm", Names::isMm));
    return not ? new Condition.Not(atom) : atom;
  }

  private Condition cpu(int cpu) {
    in.expect('.', ". and " + A_REGISTER);
    int column = in.column();
    String word = in.word(A_REGISTER);
    Matcher load = LOAD.matcher(word);
    if (load.matches()) {
      int n = Integer.parseInt(load.group(1));
      return compare(() -> new Condition.Loaded(cpu, n, in.number("a number")));
    }
    Matcher result = RESULT.matcher(word);
    if (result.matches()) {
      int n = Integer.parseInt(result.group(1));
      return compare(() -> new Condition.Returned(cpu, n, in.number("a number")));
    }
    for (Condition.Register register : Condition.Register.values()) {
      if (register.word().equals(word)) {
        return compare(() -> new Condition.CpuIs(cpu, register, value(register)));
      }
    }
    List<String> words =
        List.of(Condition.Register.values()).stream().map(Condition.Register::word).toList();
    String near = Suggestion.near(word, words).map(w -> "; did you mean \"" + w + "\"?").orElse("");
    throw in.error(column, "a CPU has no \"" + word + "\"", A_REGISTER + near);
  }

  private String value(Condition.Register register) {
    return switch (register) {
      case CURR -> in.word(n -> Names.isTask(n) || n.equals("idle"), "a task or idle");
      case MM -> in.word(n -> Names.isMm(n) || n.equals("NULL"), "an mm or NULL");
      case ACTIVE_MM ->
          in.word(
              n -> Names.isMm(n) || n.equals("NULL") || n.equals("init"), "an mm, init or NULL");
      case ROOT -> in.word(n -> Names.isMm(n) || n.equals("init"), "an mm or init");
    };
  }

  private String argument(String what, Predicate<String> good) {
    in.expect('(', "(");
    String name = in.word(good, what);
    in.expect(')', ")");
    return name;
  }

  /** The rest of {@code left = right} or {@code left != right}. */
  private Condition compare(Supplier<Condition> equal) {
    boolean not = in.takes('!');
    in.expect('=', not ? "=" : "= or !=");
    return not ? new Condition.Not(equal.get()) : equal.get();
  }
}
