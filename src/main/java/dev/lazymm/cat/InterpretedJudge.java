package dev.lazymm.cat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A judge that runs the model step by step: exact and slow, for complete candidates only. */
final class InterpretedJudge implements Judge {
  private final ModelFiles files;
  private final Bases bases;

  InterpretedJudge(ModelFiles files, Bases bases) {
    this.files = files;
    this.bases = bases;
  }

  @Override
  public void set(String relation, Bounds<Relation> bounds) {
    bases.set(relation, bounds);
  }

  @Override
  public void setSet(String set, Bounds<EventSet> bounds) {
    bases.setSet(set, bounds);
  }

  @Override
  public boolean isPossible() {
    if (!isExact()) {
      return true;
    }
    return !completions((_, _) -> false);
  }

  private boolean isExact() {
    var vocabulary = files.options().vocabulary();
    return vocabulary.relations().stream().allMatch(r -> bases.relationBounds(r).isExact())
        && vocabulary.sets().stream().allMatch(s -> bases.setBounds(s).isExact());
  }

  @Override
  public boolean completions(Visitor visitor) {
    Execution execution = new Execution(files, bases);
    return execution.run(end -> visitor.visit(end.flags(), new End(execution, end)));
  }

  @Override
  public List<String> failing() {
    throw new UnsupportedOperationException("a model that is not compiled stops at what fails");
  }

  @Override
  public Shown known() {
    throw new UnsupportedOperationException("a model that is not compiled stops at what fails");
  }

  /** The end of a run. */
  private final class End implements Shown {
    private final Execution execution;
    private final Execution.State state;

    End(Execution execution, Execution.State state) {
      this.execution = execution;
      this.state = state;
    }

    @Override
    public Relation relation(String name) {
      @Nullable Relation found = execution.shownRelation(state.scope().find(name));
      return found == null ? Relation.empty(bases.size()) : found;
    }

    @Override
    public Map<String, Relation> shown() {
      Map<String, Relation> all = new LinkedHashMap<>();
      state
          .shown()
          .forEach((name, value) -> {
            Relation relation = execution.shownRelation(value);
            if (relation != null) {
              all.put(name, relation);
            }
          });
      return all;
    }
  }
}
