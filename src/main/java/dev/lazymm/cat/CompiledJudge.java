package dev.lazymm.cat;

import dev.lazymm.cat.Instruction.Kind;
import dev.lazymm.cat.Program.Fork;
import dev.lazymm.cat.Program.Step;
import dev.lazymm.cat.Program.Test;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A judge that runs a compiled model on bounds.
 *
 * <p>A check prunes as soon as what is certain breaks it. Choices are made one after the other,
 * each pair of an order and each part of a product on its own, with all checks asked in between.
 */
final class CompiledJudge implements Judge {
  private final Program program;
  private final Bases bases;
  private final Evaluator evaluator;
  private final List<Fork> forks;
  private final Map<Node, List<Node>> orders = new HashMap<>();

  CompiledJudge(ModelFiles files, Program program, Bases bases) {
    this.program = program;
    this.bases = bases;
    evaluator = new Evaluator(files, program, bases);
    forks = evaluator.forks().all();
  }

  @Override
  public void set(String relation, Bounds<Relation> bounds) {
    bases.set(relation, bounds);
    evaluator.rebase(relation);
  }

  @Override
  public void setSet(String set, Bounds<EventSet> bounds) {
    bases.setSet(set, bounds);
    evaluator.rebase(set);
  }

  @Override
  public boolean isPossible() {
    return passes() && forks.stream().noneMatch(this::isStuck);
  }

  /** Whether no check fails for certain. */
  private boolean passes() {
    for (Step step : program.steps()) {
      switch (step) {
        case Test test -> {
          if (test.test().kind() == Kind.CHECK) {
            evaluator.refresh(test.order());
            if (certainlyFails(test)) {
              return false;
            }
          }
        }
        case Fork fork -> {
          evaluator.refresh(fork.order());
          if (evaluator.forks().isHopeless(fork)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Whether two writes of atomic operations can stand neither way round. Bounds cannot see that two
   * operations must not read the same write: either order would do, if it alone were asked about.
   */
  private boolean isStuck(Fork fork) {
    if (fork.kind() != Program.ForkKind.ORDERS) {
      return false;
    }
    Relation source = bases.relationBounds("rf").lo();
    Relation after = source.then(bases.relationBounds("rmw").lo());
    Relation rivals = after.inverse().then(after);
    if (rivals.size() == rivals.range().size()) {
      return false;
    }
    // Another choice may have been tried since, and this one may depend on it.
    evaluator.refresh(fork.order());
    Bounds<Relation> bounds = evaluator.relation(fork.node());
    Relation open =
        rivals.intersect(bounds.hi().minus(bounds.lo())).intersect(evaluator.forks().ordered(fork));
    if (open.isEmpty()) {
      return false;
    }
    int a = open.first();
    int b = open.successors(a).stream().findFirst().getAsInt();
    try {
      return !stands(fork, Forks.decide(bounds, a, b)) && !stands(fork, Forks.decide(bounds, b, a));
    } finally {
      evaluator.unchoose(fork.node());
    }
  }

  private boolean stands(Fork fork, Bounds<Relation> decided) {
    evaluator.choose(fork.node(), decided);
    return passes();
  }

  private boolean certainlyFails(Test test) {
    Bounds<?> of = evaluator.get(test.of());
    return test.test().negated() ? has(test, of.hi()) : !has(test, of.lo());
  }

  @Override
  public List<String> failing() {
    List<String> failing = new ArrayList<>();
    for (Step step : program.steps()) {
      switch (step) {
        case Test test when test.test().kind() == Kind.CHECK -> {
          evaluator.refresh(test.order());
          if (certainlyFails(test) && !failing.contains(test.test().flagName())) {
            failing.add(test.test().flagName());
          }
        }
        case Test _ -> {}
        case Fork fork -> evaluator.refresh(fork.order());
      }
    }
    return failing;
  }

  @Override
  public Shown known() {
    program.steps().forEach(this::requireExactBases);
    return new End();
  }

  /** {@return whether a property that is never won by more pairs holds} */
  private static boolean has(Test test, Object value) {
    return switch (value) {
      case EventSet set -> set.isEmpty();
      case Relation relation ->
          switch (test.test().property()) {
            case EMPTY -> relation.isEmpty();
            case ACYCLIC -> relation.isAcyclic();
            case IRREFLEXIVE -> relation.isIrreflexive();
          };
      case Value exact -> Values.isEmpty(exact);
      default -> !test.test().negated(); // Nothing is known: nothing fails.
    };
  }

  @Override
  public boolean completions(Visitor visitor) {
    program.steps().forEach(this::requireExactBases);
    evaluator.valuesKnown(true);
    try {
      return solve(0, visitor);
    } finally {
      forks.forEach(fork -> evaluator.unchoose(fork.node()));
      evaluator.valuesKnown(false);
    }
  }

  private void requireExactBases(Step step) {
    List<Node> order = step instanceof Test test ? test.order() : ((Fork) step).order();
    for (Node node : order) {
      switch (node.op()) {
        case BASE_SET -> bases.events(String.valueOf(node.data()));
        case BASE_RELATION -> bases.relation(String.valueOf(node.data()));
        default -> {}
      }
    }
  }

  private boolean solve(int index, Visitor visitor) {
    if (!passes()) {
      return true;
    }
    if (index == forks.size()) {
      return visitor.visit(flags(), new End());
    }
    Fork fork = forks.get(index);
    boolean goOn =
        switch (fork.kind()) {
          case ORDERS -> order(fork, evaluator.relation(fork.node()), visitor);
          case CROSS ->
              cross(
                  fork,
                  evaluator.forks().choices(fork),
                  Relation.empty(bases.size()),
                  0,
                  new HashSet<>(),
                  visitor);
          case ANY -> any(fork, visitor);
        };
    evaluator.unchoose(fork.node());
    return goOn;
  }

  /** Decides pair after pair of an order, first things first; no recursion, as there are many. */
  private boolean order(Fork fork, Bounds<Relation> bounds, Visitor visitor) {
    if (bounds.isExact()) {
      return solve(fork.index() + 1, visitor);
    }
    Deque<Bounds<Relation>> open = new ArrayDeque<>();
    split(bounds, open);
    while (!open.isEmpty()) {
      Bounds<Relation> decided = open.pop();
      evaluator.choose(fork.node(), decided);
      if (decided.isExact()) {
        if (!solve(fork.index() + 1, visitor)) {
          return false;
        }
      } else if (passes()) {
        split(decided, open);
      }
    }
    return true;
  }

  /** Puts a pair that is not decided one way round, and the other. */
  private static void split(Bounds<Relation> bounds, Deque<Bounds<Relation>> open) {
    Relation undecided = bounds.hi().minus(bounds.lo());
    int a = undecided.first();
    int b = undecided.successors(a).stream().findFirst().getAsInt();
    open.push(Forks.decide(bounds, b, a));
    open.push(Forks.decide(bounds, a, b));
  }

  private boolean cross(
      Fork fork,
      List<List<Relation>> choices,
      Relation chosen,
      int from,
      Set<Relation> done,
      Visitor visitor) {
    if (from == choices.size()) {
      evaluator.choose(fork.node(), Bounds.exact(chosen));
      return !done.add(chosen) || solve(fork.index() + 1, visitor);
    }
    for (Relation member : choices.get(from)) {
      Relation more = chosen.union(member);
      evaluator.choose(fork.node(), Forks.cross(more, choices, from + 1));
      if ((from + 1 == choices.size() || passes())
          && !cross(fork, choices, more, from + 1, done, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean any(Fork fork, Visitor visitor) {
    for (Value element : evaluator.forks().elements(fork)) {
      evaluator.choose(fork.node(), Bounds.exact(element));
      if (!solve(fork.index() + 1, visitor)) {
        return false;
      }
    }
    return true;
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>();
    for (Step step : program.steps()) {
      if (step instanceof Test test && test.test().kind() != Kind.CHECK) {
        evaluator.refresh(test.order());
        boolean holds = has(test, evaluator.get(test.of()).lo()) != test.test().negated();
        boolean raised = holds == (test.test().kind() == Kind.FLAG);
        if (raised && !flags.contains(test.test().flagName())) {
          flags.add(test.test().flagName());
        }
      }
    }
    return flags;
  }

  /** The end of the model for the present choices. */
  private final class End implements Shown {
    @Override
    public Relation relation(String name) {
      Node node = program.names().get(name);
      return node == null ? Relation.empty(bases.size()) : relation(node);
    }

    @Override
    public Map<String, Relation> shown() {
      Map<String, Relation> all = new LinkedHashMap<>();
      program.shown().forEach((name, node) -> all.put(name, relation(node)));
      return all;
    }

    private Relation relation(Node node) {
      try {
        evaluator.refresh(orders.computeIfAbsent(node, Nodes::order));
      } catch (CatException e) {
        return Relation.empty(bases.size()); // No check asks for it, so it is nobody's mistake.
      }
      return evaluator.exact(node) instanceof Value.Pairs(Relation relation)
          ? relation
          : Relation.empty(bases.size());
    }
  }
}
