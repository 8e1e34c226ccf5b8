package dev.lazymm.cat;

import dev.lazymm.cat.Library.Chain;
import dev.lazymm.cat.Node.Op;
import dev.lazymm.cat.Program.ForkKind;
import dev.lazymm.cat.Scope.Lazy;
import dev.lazymm.cat.Value.Any;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the instructions of a model: what is left are tests and choices. */
final class ModelCompiler {
  private final ModelFiles files;
  private final Compiler compiler;
  private final Nodes nodes;
  private final List<Program.Step> steps = new ArrayList<>();
  private final Map<String, Lazy<Code>> shown = new LinkedHashMap<>();
  private Scope<Code> scope = new Given();
  private int forks;

  private ModelCompiler(ModelFiles files) {
    this.files = files;
    compiler = new Compiler(files);
    nodes = compiler.nodes;
  }

  /**
   * {@return a model, compiled}
   *
   * @throws CatException if there is a mistake in it
   * @throws NotCompilable if it must be interpreted
   */
  static Program compile(ModelFiles files) {
    return new ModelCompiler(files).compile();
  }

  private Program compile() {
    for (Source part : files.parts()) {
      run(files.library().file(part).instructions(), Chain.of(part));
    }
    Map<String, Node> shownNodes = new LinkedHashMap<>();
    shown.forEach((name, code) -> relation(code, name, shownNodes));
    Map<String, Node> names = new HashMap<>();
    List<String> all = new ArrayList<>();
    scope.names(all);
    for (String name : new LinkedHashSet<>(all)) {
      Lazy<Code> code = scope.find(name);
      if (code != null) {
        relation(code, name, names);
      }
    }
    return new Program(nodes.count(), List.copyOf(steps), names, shownNodes, compiler.enumerations);
  }

  /** Adds a name if it may be a relation. */
  private void relation(Lazy<Code> code, String name, Map<String, Node> into) {
    try {
      switch (code.get()) {
        case Code.Of(Node node) when node.type() != Node.Type.SET -> into.put(name, node);
        case Code.Constant(Value value) when value == Any.EMPTY -> into.put(name, nodes.empty());
        default -> {}
      }
    } catch (CatException | StackOverflowError e) {
      // Nobody used it, so it is nobody's mistake.
    }
  }

  private void run(List<Instruction> instructions, Chain chain) {
    for (Instruction instruction : instructions) {
      try {
        run(instruction, chain);
      } catch (StackOverflowError e) {
        throw new CatException(
            instruction.at(), "this is nested too deeply", "an end to its recursion");
      }
    }
  }

  private void run(Instruction instruction, Chain chain) {
    switch (instruction) {
      case Instruction.Let let -> let(let, chain);
      case Instruction.Test test -> test(test);
      case Instruction.Show(_, List<String> names) ->
          names.forEach(name -> {
            Lazy<Code> code = scope.find(name);
            if (code != null) {
              shown.put(name, code);
            }
          });
      case Instruction.ShowAs(_, Expr of, String name) -> {
        Scope<Code> here = scope;
        shown.put(name, Lazy.by(() -> compiler.eval(of, here)));
      }
      case Instruction.Unshow(_, List<String> names) -> names.forEach(shown::remove);
      case Instruction.Include(Place at, String file) -> {
        var found = files.library().include(at, file, chain);
        run(found.file().instructions(), found.chain());
      }
      case Instruction.Procedure p -> procedure(p);
      case Instruction.Call call -> call(call, chain);
      case Instruction.Debug(_, Expr of) -> compiler.eval(of, scope);
      case Instruction.ForAll all -> forAll(all, chain);
      case Instruction.With with -> fork(with);
      case Instruction.Match match -> {
        if (!(compiler.eval(match.of(), scope) instanceof Code.Constant(Value value))) {
          throw new NotCompilable(match.at(), "match on a value");
        }
        run(Execution.choose(match, value), chain);
      }
      case Instruction.If(Place at, Expr.Condition condition, var yes, var no) -> {
        Boolean holds = compiler.holds(condition, scope);
        if (holds == null) {
          throw new NotCompilable(at, "if on a value");
        }
        run(holds ? yes : no, chain);
      }
      case Instruction.Enumeration(_, String name, List<String> tags) -> {
        compiler.declare(name, tags);
        List<Value> all = new ArrayList<>();
        tags.forEach(tag -> all.add(new Value.Tag(name, tag)));
        scope = scope.with(name, new Code.Constant(Values.many(all)));
      }
      case Instruction.Declare _ -> {}
    }
  }

  private void let(Instruction.Let let, Chain chain) {
    if (let.recursive()) {
      Recursion recursion = new Recursion(compiler, let.at(), let.bindings(), scope);
      scope = recursion.scope();
      Instruction.Test when = let.when();
      if (when != null) {
        // What a round breaks stays broken, if rounds only add to what is tested.
        Program.Test last = test(when);
        if (when.negated() || !recursion.isMonotone() || !recursion.isMonotone(last.order())) {
          throw new NotCompilable(let.at(), "when");
        }
      }
      return;
    }
    scope = compiler.bind(let.at(), false, let.bindings(), scope);
    if (chain.source().fileName().equals("cross.cat")) {
      recognise("cross", Op.CROSS);
      recognise("generate_orders", Op.ORDERS);
    }
  }

  private void recognise(String name, Op op) {
    if (scope instanceof Scope.Longer<Code>(_, String last, Lazy<Code> code) && last.equals(name)) {
      scope =
          scope.with(
              name,
              Lazy.by(() ->
                  code.get() instanceof Code.Closure closure
                      ? new Code.Known(op, closure)
                      : code.get()));
    }
  }

  private void procedure(Instruction.Procedure p) {
    if (!p.recursive()) {
      scope = scope.with(p.name(), new Code.Procedure(p, scope));
      return;
    }
    List<Scope<Code>> knot = new ArrayList<>();
    scope = scope.with(p.name(), new Code.Procedure(p, new Interpreter.Tied<>(scope, knot)));
    knot.add(scope);
  }

  private void call(Instruction.Call call, Chain chain) {
    Code code = scope.get(call.at(), call.procedure());
    if (!(code instanceof Code.Procedure(Instruction.Procedure p, Scope<Code> defined))) {
      throw Coercions.wrong(call.at(), code, "a procedure");
    }
    Scope<Code> here = scope;
    scope = Compiler.bind(call.at(), p.parameter(), compiler.eval(call.argument(), here), defined);
    run(p.body(), chain);
    scope = here;
  }

  private void forAll(Instruction.ForAll all, Chain chain) {
    if (!(compiler.eval(all.of(), scope) instanceof Code.Constant(Value value))) {
      throw new NotCompilable(all.at(), "forall over a value");
    }
    List<Value> elements =
        switch (value) {
          case Value.Many(List<Value> many) -> many;
          case Value.Tag tag -> List.of(tag);
          case Any any when any == Any.EMPTY -> List.of();
          case Value other -> throw Operators.wrong(all.of().at(), other, "a set");
        };
    Scope<Code> here = scope;
    for (Value element : elements) {
      scope = here.with(all.name(), new Code.Constant(element));
      run(all.body(), chain);
    }
    scope = here;
  }

  private Program.Test test(Instruction.Test test) {
    Code code = compiler.eval(test.of(), scope);
    boolean empty = test.property() == Instruction.Property.EMPTY;
    Node of =
        code instanceof Code.Of(Node node) && empty && node.type() != Node.Type.RELATION
            ? node
            : compiler.coercions.relation(test.of().at(), code);
    var step = new Program.Test(test, of, Nodes.order(of));
    steps.add(step);
    return step;
  }

  private void fork(Instruction.With with) {
    Code code = compiler.eval(with.set(), scope);
    Node set =
        switch (code) {
          case Code.Of(Node node) -> node;
          case Code.Constant(Value value) -> compiler.constant(value);
          default -> throw Coercions.wrong(with.set().at(), code, "a set");
        };
    ForkKind kind =
        switch (set.op()) {
          case ORDERS -> ForkKind.ORDERS;
          case CROSS -> ForkKind.CROSS;
          default -> ForkKind.ANY;
        };
    List<Node> inputs =
        switch (kind) {
          case ORDERS -> set.in().subList(0, 3);
          case CROSS -> set.in().subList(0, 1);
          case ANY -> List.of(set);
        };
    Node.Type type = kind == ForkKind.ANY ? Node.Type.VALUE : Node.Type.RELATION;
    Node node = nodes.fresh(Op.FORK, type, forks, inputs);
    Set<Node> seen = new LinkedHashSet<>();
    List<Node> order = new ArrayList<>();
    inputs.forEach(input -> order.addAll(Nodes.order(input, seen)));
    order.add(node);
    steps.add(new Program.Fork(forks++, kind, node, inputs.getFirst(), with.at(), order));
    scope = scope.with(with.name(), new Code.Of(node));
  }

  /** The names that no file defines. */
  private final class Given implements Scope<Code> {
    private final Map<String, Lazy<Code>> known = new HashMap<>();

    @Override
    public @Nullable Lazy<Code> find(String name) {
      ModelFiles.Given given = files.given(name);
      return given == null ? null : known.computeIfAbsent(name, _ -> Lazy.of(code(name, given)));
    }

    private Code code(String name, ModelFiles.Given given) {
      return switch (given) {
        case TAGGED ->
            new Code.Of(
                nodes.node(Op.TAGGED, Node.Type.SET, files.tagSets().getOrDefault(name, name)));
        case SET -> new Code.Of(nodes.node(Op.BASE_SET, Node.Type.SET, name));
        case RELATION -> new Code.Of(nodes.node(Op.BASE_RELATION, Node.Type.RELATION, name));
        case IDENTITY -> new Code.Of(nodes.id());
        case PRIMITIVE -> {
          Primitives.Kind kind = Primitives.Kind.named(name);
          if (kind == null) {
            throw new IllegalStateException(name);
          }
          yield new Code.Constant(new Value.Primitive(kind));
        }
      };
    }

    @Override
    public void names(List<String> into) {
      files.givenNames(into);
    }
  }
}
