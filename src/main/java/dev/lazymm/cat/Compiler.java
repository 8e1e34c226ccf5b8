package dev.lazymm.cat;

import dev.lazymm.cat.Expr.BinaryOp;
import dev.lazymm.cat.Expr.Binding;
import dev.lazymm.cat.Expr.Condition;
import dev.lazymm.cat.Expr.UnaryOp;
import dev.lazymm.cat.Node.Op;
import dev.lazymm.cat.Scope.Lazy;
import dev.lazymm.cat.Value.Any;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions: names, types, variants, {@code try} and functions are resolved, what is
 * left are nodes. What works on sets of anything becomes one {@link Node.Dynamic}.
 */
final class Compiler {
  private final ModelFiles files;
  final Nodes nodes = new Nodes();
  private final Map<String, String> tags = new HashMap<>();
  final Map<String, List<String>> enumerations = new LinkedHashMap<>();
  private final Operators constants = new Operators(0, enumerations);
  final Coercions coercions = new Coercions(nodes);

  Compiler(ModelFiles files) {
    this.files = files;
  }

  void declare(String enumeration, List<String> members) {
    enumerations.put(enumeration, members);
    members.forEach(tag -> tags.put(tag, enumeration));
  }

  Code eval(Expr expr, Scope<Code> scope) {
    return switch (expr) {
      case Expr.Name(Place at, String name) -> scope.get(at, name);
      case Expr.Zero _ -> Code.Constant.EMPTY;
      case Expr.Universe _ -> Code.Constant.UNIVERSE;
      case Expr.Tag(Place at, String tag) -> {
        String enumeration = tags.get(tag);
        if (enumeration == null) {
          throw Interpreter.unknownTag(at, tag, tags.keySet());
        }
        yield new Code.Constant(new Value.Tag(enumeration, tag));
      }
      case Expr.SetOf(Place at, List<Expr> elements) -> {
        Code set = Code.Constant.EMPTY;
        for (Expr element : elements.reversed()) {
          set = insert(at, eval(element, scope), set, scope);
        }
        yield set;
      }
      case Expr.Tuple(_, List<Expr> parts) ->
          new Code.Tuple(parts.stream().map(p -> eval(p, scope)).toList());
      case Expr.Unary(_, UnaryOp op, Expr of) -> unary(of.at(), op, eval(of, scope), scope);
      case Expr.Binary(Place at, BinaryOp op, Expr left, Expr right) ->
          binary(at, op, left, right, scope);
      case Expr.Apply(Place at, Expr function, Expr argument) ->
          apply(at, eval(function, scope), eval(argument, scope), scope);
      case Expr.Fun(_, Expr.Pattern parameter, Expr body) ->
          new Code.Closure(parameter, body, scope, false);
      case Expr.Let let -> eval(let.body(), bind(let.at(), let.recursive(), let.bindings(), scope));
      case Expr.If choice -> {
        Boolean holds = holds(choice.condition(), scope);
        yield holds == null
            ? dynamic(expr, scope)
            : eval(holds ? choice.yes() : choice.no(), scope);
      }
      case Expr.Try attempt -> attempt(attempt, scope);
      case Expr.MatchTag match ->
          eval(match.of(), scope) instanceof Code.Constant(Value tag)
              ? eval(Interpreter.choose(match, tag), scope)
              : dynamic(expr, scope);
      case Expr.MatchSet match -> takeApart(match, scope);
    };
  }

  private Code attempt(Expr.Try attempt, Scope<Code> scope) {
    try {
      Code result = eval(attempt.first(), scope);
      if (result instanceof Code.Of(Node node) && mayFail(node, new HashSet<>())) {
        throw new NotCompilable(attempt.at(), "try of what may fail for some executions only");
      }
      return result;
    } catch (CatException e) {
      return eval(attempt.otherwise(), scope);
    }
  }

  /** Whether a node may turn out to be a mistake; what is chosen has been looked at before. */
  private static boolean mayFail(Node node, Set<Node> seen) {
    return seen.add(node)
        && switch (node.op()) {
          case DYNAMIC, AS_RELATION, AS_SET -> true;
          case FORK -> false;
          default -> node.in().stream().anyMatch(x -> mayFail(x, seen));
        };
  }

  private Code takeApart(Expr.MatchSet match, Scope<Code> scope) {
    Code set = eval(match.of(), scope);
    if (!(set instanceof Code.Constant(Value value))) {
      return dynamic(match, scope);
    }
    if (value instanceof Value.Many(List<Value> all) && !all.isEmpty()) {
      Value rest = new Value.Many(all.subList(1, all.size()));
      Scope<Code> inside =
          scope
              .with(match.element(), new Code.Constant(all.getFirst()))
              .with(match.rest(), new Code.Constant(rest));
      return eval(
          match.nonEmpty(),
          match.before() == null ? inside : inside.with(match.before(), Code.Constant.EMPTY));
    }
    if (!Values.isEmpty(value)) {
      throw Operators.wrong(match.of().at(), value, "a definite set");
    }
    return eval(match.empty(), scope);
  }

  /** {@return whether a condition holds, or null if that depends on the candidate} */
  @Nullable Boolean holds(Condition condition, Scope<Code> scope) {
    return switch (condition) {
      case Condition.Variant(_, String name) -> files.variants().contains(name);
      case Condition.Not(Condition of) -> {
        Boolean inner = holds(of, scope);
        yield inner == null ? null : !inner;
      }
      case Condition.And(List<Condition> all) -> {
        boolean unknown = false;
        for (Condition c : all) {
          Boolean one = holds(c, scope);
          if (one != null && !one) {
            yield false;
          }
          unknown |= one == null;
        }
        yield unknown ? null : Boolean.TRUE;
      }
      case Condition.Or(List<Condition> any) -> {
        boolean unknown = false;
        for (Condition c : any) {
          Boolean one = holds(c, scope);
          if (one != null && one) {
            yield true;
          }
          unknown |= one == null;
        }
        yield unknown ? null : Boolean.FALSE;
      }
      case Condition.Compare(Place at, Expr.Comparison how, Expr left, Expr right) ->
          compare(at, how, eval(left, scope), eval(right, scope));
    };
  }

  private @Nullable Boolean compare(Place at, Expr.Comparison how, Code left, Code right) {
    if (left instanceof Code.Constant(Value a) && right instanceof Code.Constant(Value b)) {
      return new Interpreter(files.variants(), new Bases(Bell.noEvents())).compare(at, how, a, b);
    }
    return null;
  }

  // Operators.

  private Code unary(Place at, UnaryOp op, Code of, Scope<Code> scope) {
    if (of instanceof Code.Constant(Value value)) {
      if (value instanceof Any any) {
        boolean empty = any == Any.EMPTY;
        return switch (op) {
          case PLUS, INVERSE -> of;
          case STAR, OPTIONAL -> empty ? new Code.Of(nodes.id()) : of;
          case COMPLEMENT -> empty ? Code.Constant.UNIVERSE : Code.Constant.EMPTY;
          case IDENTITY -> empty ? new Code.Of(nodes.empty()) : new Code.Of(nodes.id());
        };
      }
      return new Code.Constant(constants.unary(at, op, value));
    }
    return switch (op) {
      case PLUS -> new Code.Of(nodes.plus(coercions.relation(at, of)));
      case STAR -> new Code.Of(nodes.optional(nodes.plus(coercions.relation(at, of))));
      case OPTIONAL -> new Code.Of(nodes.optional(coercions.relation(at, of)));
      case IDENTITY -> new Code.Of(nodes.identity(coercions.set(at, of)));
      case INVERSE ->
          isValue(of)
              ? operation(at, x -> new Expr.Unary(at, op, x), of, scope)
              : new Code.Of(nodes.inverse(coercions.relation(at, of)));
      case COMPLEMENT ->
          switch (of) {
            case Code.Of(Node node) when node.type() != Node.Type.VALUE ->
                new Code.Of(nodes.complement(node));
            case Code.Of _ -> operation(at, x -> new Expr.Unary(at, op, x), of, scope);
            default -> throw Coercions.wrong(at, of, "a relation or an event set");
          };
    };
  }

  private static boolean isValue(Code code) {
    return code instanceof Code.Of(Node node) && node.type() == Node.Type.VALUE;
  }

  private Code binary(Place at, BinaryOp op, Expr l, Expr r, Scope<Code> scope) {
    Code left = eval(l, scope);
    Code right = eval(r, scope);
    if (left instanceof Code.Constant(Value a)
        && right instanceof Code.Constant(Value b)
        && op != BinaryOp.PRODUCT
        && op != BinaryOp.SEQUENCE) {
      return new Code.Constant(constants.binary(at, op, a, b));
    }
    return switch (op) {
      case SEQUENCE ->
          new Code.Of(
              nodes.sequence(coercions.relation(l.at(), left), coercions.relation(r.at(), right)));
      case PRODUCT ->
          new Code.Of(nodes.product(coercions.set(l.at(), left), coercions.set(r.at(), right)));
      case INSERT -> insert(at, left, right, scope);
      case UNION, INTERSECT, MINUS -> boolOp(at, op, left, right, scope);
    };
  }

  private Code boolOp(Place at, BinaryOp op, Code left, Code right, Scope<Code> scope) {
    Node.Type type = coercions.common(at, op, left, right);
    // 0 and _ stay of any type where that is the result.
    if (isAny(left) || isAny(right)) {
      Code simple = simple(op, left, right);
      if (simple != null) {
        return simple;
      }
    }
    if (type == Node.Type.VALUE) {
      Scope<Code> inside = scope.with("%l", left).with("%r", right);
      return dynamic(
          new Expr.Binary(at, op, new Expr.Name(at, "%l"), new Expr.Name(at, "%r")), inside);
    }
    Node a = type == Node.Type.SET ? coercions.set(at, left) : coercions.relation(at, left);
    Node b = type == Node.Type.SET ? coercions.set(at, right) : coercions.relation(at, right);
    return new Code.Of(
        switch (op) {
          case UNION -> nodes.union(a, b);
          case INTERSECT -> nodes.intersect(a, b);
          default -> nodes.minus(a, b);
        });
  }

  static boolean is(Code code, Any any) {
    return code instanceof Code.Constant(Value value) && value == any;
  }

  private static boolean isAny(Code code) {
    return code instanceof Code.Constant(Value value) && value instanceof Any;
  }

  private static @Nullable Code simple(BinaryOp op, Code left, Code right) {
    boolean leftEmpty = is(left, Any.EMPTY);
    boolean rightEmpty = is(right, Any.EMPTY);
    return switch (op) {
      case UNION -> leftEmpty ? right : rightEmpty ? left : Code.Constant.UNIVERSE;
      case INTERSECT ->
          leftEmpty || rightEmpty ? Code.Constant.EMPTY : is(left, Any.UNIVERSE) ? right : left;
      default ->
          leftEmpty || is(right, Any.UNIVERSE) ? Code.Constant.EMPTY : rightEmpty ? left : null;
    };
  }

  private Code insert(Place at, Code element, Code set, Scope<Code> scope) {
    if (element instanceof Code.Constant(Value a) && set instanceof Code.Constant(Value b)) {
      return new Code.Constant(constants.binary(at, BinaryOp.INSERT, a, b));
    }
    Scope<Code> inside = scope.with("%l", element).with("%r", set);
    return dynamic(
        new Expr.Binary(at, BinaryOp.INSERT, new Expr.Name(at, "%l"), new Expr.Name(at, "%r")),
        inside);
  }

  private Code operation(
      Place at, java.util.function.UnaryOperator<Expr> op, Code of, Scope<Code> scope) {
    return dynamic(op.apply(new Expr.Name(at, "%l")), scope.with("%l", of));
  }

  // Functions.

  Code apply(Place at, Code function, Code argument, Scope<Code> scope) {
    return switch (function) {
      case Code.Closure closure -> {
        if (closure.recursive() && !isConstant(argument)) {
          yield applied(at, function, argument, scope);
        }
        yield eval(closure.body(), bind(at, closure.parameter(), argument, closure.scope()));
      }
      case Code.Known(Op op, Code original) -> known(at, op, original, argument, scope);
      case Code.Constant(Value value) when value instanceof Value.Primitive(var kind) ->
          primitive(at, kind, argument, scope);
      default ->
          isValue(function)
              ? applied(at, function, argument, scope)
              : throwNotAFunction(at, function);
    };
  }

  private static Code throwNotAFunction(Place at, Code code) {
    throw new CatException(at, Operators.article(code.type()) + " is applied", "a function");
  }

  private static boolean isConstant(Code code) {
    return switch (code) {
      case Code.Constant _ -> true;
      case Code.Tuple(List<Code> parts) -> parts.stream().allMatch(Compiler::isConstant);
      default -> false;
    };
  }

  private Code applied(Place at, Code function, Code argument, Scope<Code> scope) {
    Scope<Code> inside = scope.with("%f", function).with("%a", argument);
    return dynamic(new Expr.Apply(at, new Expr.Name(at, "%f"), new Expr.Name(at, "%a")), inside);
  }

  /** A function of cross.cat: its operands, and how to make its result if somebody asks. */
  private Code known(Place at, Op op, Code original, Code argument, Scope<Code> scope) {
    Code made = applied(at, original, argument, scope);
    if (!(made instanceof Code.Of(Node fallback))) {
      throw new IllegalStateException("cross");
    }
    if (op == Op.ORDERS) {
      if (!(argument instanceof Code.Tuple(List<Code> parts) && parts.size() == 2)) {
        return made;
      }
      Node loc = nodes.node(Op.BASE_RELATION, Node.Type.RELATION, "loc");
      Node among = coercions.set(at, parts.getFirst());
      Node respecting = coercions.relation(at, parts.getLast());
      return new Code.Of(nodes.node(op, Node.Type.VALUE, null, among, respecting, loc, fallback));
    }
    return switch (argument) {
      case Code.Of(Node sets) when sets.type() == Node.Type.VALUE ->
          new Code.Of(nodes.node(op, Node.Type.VALUE, null, sets, fallback));
      case Code.Constant(Value value) ->
          new Code.Of(nodes.node(op, Node.Type.VALUE, null, constant(value), fallback));
      default -> made;
    };
  }

  Node constant(Value value) {
    return nodes.fresh(Op.CONSTANT, Node.Type.VALUE, value, List.of());
  }

  private Code primitive(Place at, Primitives.Kind kind, Code argument, Scope<Code> scope) {
    Code self = new Code.Constant(new Value.Primitive(kind));
    boolean any = isAny(argument);
    List<Code> parts = argument instanceof Code.Tuple(List<Code> p) ? p : List.of(argument);
    return switch (kind) {
      case DOMAIN -> any ? argument : new Code.Of(nodes.domain(coercions.relation(at, argument)));
      case RANGE -> any ? argument : new Code.Of(nodes.range(coercions.relation(at, argument)));
      case TAG2EVENTS -> {
        if (argument instanceof Code.Constant(Value v) && v instanceof Value.Tag(_, String tag)) {
          yield new Code.Of(nodes.node(Op.TAGGED, Node.Type.SET, tag));
        }
        throw Coercions.wrong(at, argument, "a tag");
      }
      case DIFFERENT_VALUES ->
          is(argument, Any.EMPTY)
              ? argument
              : new Code.Of(
                  nodes.relation(
                      Op.DIFFERENT_VALUES,
                      coercions.relation(at, argument),
                      nodes.node(Op.VALUES, Node.Type.VALUE, null)));
      case FROMTO -> {
        Node po = nodes.node(Op.BASE_RELATION, Node.Type.RELATION, "po");
        yield new Code.Of(nodes.sequence(nodes.to(po, coercions.set(at, argument)), po));
      }
      case INTER_TRANSITIVE -> {
        if (parts.size() != 2) {
          throw new CatException(at, "primitive " + kind.name, "2 arguments");
        }
        yield new Code.Of(
            nodes.intersect(
                nodes.plus(coercions.relation(at, parts.getFirst())),
                coercions.relation(at, parts.getLast())));
      }
      case AT_LEAST_ONE_WRITABLE, OA_CHANGES, SAME_OA ->
          is(parts.getFirst(), Any.EMPTY)
                  || (parts.getFirst() instanceof Code.Of(Node node) && Nodes.isEmpty(node))
              ? parts.getFirst()
              : applied(at, self, argument, scope);
      case TAG2SCOPE, TAG2LEVEL, FAIL -> {
        new Primitives(constants, new Bases(Bell.noEvents()))
            .apply(
                at,
                kind,
                argument instanceof Code.Constant(Value v) ? v : new Value.Many(List.of()));
        throw new IllegalStateException(kind.name);
      }
      case LINEARISATIONS, CLASSES, CLASSES_LOC -> applied(at, self, argument, scope);
    };
  }

  // Definitions.

  static Scope<Code> bind(Place at, Expr.Pattern pattern, Code code, Scope<Code> scope) {
    List<String> names = pattern.names();
    if (pattern.isOne()) {
      return scope.with(names.getFirst(), code);
    }
    if (isValue(code)) {
      throw new NotCompilable(at, "a tuple of values");
    }
    List<Code> parts = code instanceof Code.Tuple(List<Code> p) ? p : List.of(code);
    if (parts.size() != names.size()) {
      throw Interpreter.arity(at, names.size(), parts.size());
    }
    for (int i = 0; i < names.size(); i++) {
      scope = scope.with(names.get(i), parts.get(i));
    }
    return scope;
  }

  Scope<Code> bind(Place at, boolean recursive, List<Binding> bindings, Scope<Code> scope) {
    if (recursive) {
      return new Recursion(this, at, bindings, scope).scope();
    }
    Scope<Code> result = scope;
    for (Binding b : bindings.reversed()) {
      Lazy<Code> code = Lazy.by(() -> eval(b.value(), scope));
      if (b.pattern().isOne()) {
        result = result.with(b.pattern().names().getFirst(), code);
      } else {
        result = bind(b.at(), b.pattern(), code.get(), result);
      }
    }
    return result;
  }

  /** Leaves an expression to the interpreter. */
  Code dynamic(Expr expr, Scope<Code> scope) {
    return new Code.Of(
        nodes.fresh(
            Op.DYNAMIC,
            Node.Type.VALUE,
            new Node.Dynamic(expr, scope),
            Inputs.of(nodes, expr, scope)));
  }
}
