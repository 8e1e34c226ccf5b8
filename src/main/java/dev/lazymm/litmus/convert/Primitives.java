package dev.lazymm.litmus.convert;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.c.Primitive;
import dev.lazymm.litmus.convert.Arg.Register;
import dev.lazymm.mapping.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the instructions of a mapping where a thread has a primitive of the kernel's. */
final class Primitives {
  private final Context in;
  private final Expressions expressions;

  Primitives(Context in, Expressions expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /**
   * {@return the value of a primitive, if it has one}
   *
   * @param call the call in the test that it comes from
   */
  Arg compile(Primitively p, @Nullable String target, Expression.@Nullable Call call) {
    String does = does(p);
    if (!in.mapping().has(does)) {
      String what = call == null ? p.primitive().word() : call.name() + "()";
      throw expressions.notMapped(
          call == null ? p.place() : call.place(),
          what,
          "%s has no mapping to %s".formatted(what, in.dialect().isa().name()));
    }
    Map<String, Arg> operands = operands(p);
    Row row = in.mapping().row(does);
    String to = row.placeholders().contains("result") ? target(operands, target) : "";
    write(row, operands, to, in.wide() && !isLock(p.primitive()));
    if (to.isEmpty()) {
      return new Arg.Constant(0);
    }
    if (p.primitive() != Primitive.ATOMIC_OP_RETURN) {
      return new Register(to);
    }
    Arg operand = operands.getOrDefault("value", new Arg.Constant(0));
    Operator operator = p.operator() == null ? Operator.ADD : p.operator();
    return expressions.binary(operator, new Register(to), operand, target, p.place());
  }

  /** {@return whether a primitive is of locks, which always have 32 bits} */
  static boolean isLock(Primitive primitive) {
    return switch (primitive) {
      case LOCK, UNLOCK, TRYLOCK, IS_LOCKED -> true;
      default -> false;
    };
  }

  /** {@return what a plain load gets} */
  Register load(Arg address, @Nullable String wished) {
    String to = target(Map.of("address", address), wished);
    write(in.mapping().row("load plain"), Map.of("address", address), to, in.wide());
    return new Register(to);
  }

  /** Stores plainly. */
  void store(Register from, Arg address) {
    var operands = Map.of("address", address, "value", from);
    write(in.mapping().row("store plain"), operands, "", in.wide());
  }

  private static String does(Primitively p) {
    String tag = p.tag() == null ? "" : " " + p.tag();
    String sign = p.operator() == null ? "" : " " + p.operator().sign();
    return switch (p.primitive()) {
      case LOAD -> "load" + (tag.isEmpty() ? " plain" : tag);
      case STORE -> "store" + (tag.isEmpty() ? " plain" : tag);
      case FENCE -> "fence" + tag;
      case XCHG -> "xchg" + tag;
      case CMPXCHG -> "cmpxchg" + tag;
      case ATOMIC_OP -> "op" + sign + tag;
      case ATOMIC_OP_RETURN, ATOMIC_FETCH_OP -> "fetch_op" + sign + tag;
      case ATOMIC_ADD_UNLESS -> "add_unless" + tag;
      case LOCK -> "lock";
      case UNLOCK -> "unlock";
      case TRYLOCK -> "trylock";
      case IS_LOCKED -> "islocked";
      case SRCU -> "srcu" + tag;
    };
  }

  private Map<String, Arg> operands(Primitively p) {
    Map<String, Arg> all = new HashMap<>();
    List<Expression> operands = p.operands();
    if (operands.isEmpty()) {
      return all;
    }
    boolean place = p.primitive() == Primitive.LOAD || p.primitive() == Primitive.STORE;
    Expression first = operands.getFirst();
    Arg address = place ? expressions.location(first) : expressions.value(first);
    for (Expression next : operands.subList(1, operands.size())) {
      address = expressions.held(address, next);
    }
    all.put("address", address);
    switch (p.primitive()) {
      case CMPXCHG -> {
        all.put("old", expressions.held(expressions.value(operands.get(1)), operands.get(2)));
        all.put("value", expressions.value(operands.get(2)));
      }
      case ATOMIC_ADD_UNLESS -> {
        all.put("value", expressions.held(expressions.value(operands.get(1)), operands.get(2)));
        all.put("old", expressions.value(operands.get(2)));
      }
      default -> {
        if (operands.size() > 1) {
          all.put("value", expressions.value(operands.get(1)));
        }
      }
    }
    return all;
  }

  /** {@return the register for the result, which is none that is needed besides} */
  private String target(Map<String, Arg> operands, @Nullable String wished) {
    return wished == null || operands.containsValue(new Register(wished))
        ? in.registers().temporary()
        : wished;
  }

  private void write(Row row, Map<String, Arg> operands, String result, boolean wide) {
    Map<String, String> texts = new HashMap<>();
    for (String placeholder : row.placeholders()) {
      texts.put(
          placeholder,
          placeholder.equals("result")
              ? in.dialect().text(result, wide)
              : text(placeholder, operands, wide));
    }
    in.out().add(row.lines(name -> texts.getOrDefault(name, ""), wide));
    if (texts.get("done") instanceof String done) {
      in.out().here(done);
    }
  }

  private String text(String placeholder, Map<String, Arg> operands, boolean wide) {
    Arg operand = operands.getOrDefault(placeholder, new Arg.Constant(0));
    return switch (placeholder) {
      case "address" -> in.dialect().address(operand);
      case "value", "old" -> in.dialect().text(in.register(operand).name(), wide);
      case "status" -> in.dialect().text(in.registers().temporary(), false);
      case "done" -> in.out().label();
      case "fail" -> in.fail();
      default -> in.dialect().text(in.registers().temporary(), wide);
    };
  }
}
