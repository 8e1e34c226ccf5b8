package dev.lazymm.cat;

import dev.lazymm.cat.Node.Op;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Operations on bounds of relations: what certainly is in the result, and what may be. */
final class Algebra {
  private Algebra() {}

  /** {@return bounds, exact where both are equal} */
  static <T> Bounds<T> bounds(T lo, T hi) {
    return lo == hi || lo.equals(hi) ? Bounds.exact(lo) : new Bounds<>(lo, hi);
  }

  /** {@return the bounds of a monotone operation} */
  static <S, T> Bounds<T> map(Bounds<S> of, Function<S, T> f) {
    return of.isExact()
        ? Bounds.exact(f.apply(of.lo()))
        : bounds(f.apply(of.lo()), f.apply(of.hi()));
  }

  /** {@return the bounds of an operation that is monotone in both operands} */
  static <T> Bounds<T> combine(Bounds<T> a, Bounds<T> b, BinaryOperator<T> f) {
    T lo = f.apply(a.lo(), b.lo());
    return a.isExact() && b.isExact() ? Bounds.exact(lo) : bounds(lo, f.apply(a.hi(), b.hi()));
  }

  private static Bounds<Relation> restrict(
      Bounds<EventSet> set, Bounds<Relation> relation, boolean domain) {
    Relation lo = restrict(set.lo(), relation.lo(), domain);
    return set.isExact() && relation.isExact()
        ? Bounds.exact(lo)
        : bounds(lo, restrict(set.hi(), relation.hi(), domain));
  }

  private static Relation restrict(EventSet set, Relation relation, boolean domain) {
    return domain ? relation.from(set) : relation.to(set);
  }

  /** {@return the bounds of an operation that gives a relation} */
  static Bounds<Relation> relation(Op op, List<Node> in, Evaluator e) {
    Node first = in.getFirst();
    Node last = in.getLast();
    return switch (op) {
      case UNION -> combine(e.relation(first), e.relation(last), Relation::union);
      case INTERSECT -> combine(e.relation(first), e.relation(last), Relation::intersect);
      case SEQUENCE -> combine(e.relation(first), e.relation(last), Relation::then);
      case FROM -> restrict(e.set(first), e.relation(last), true);
      case TO -> restrict(e.set(last), e.relation(first), false);
      case PLUS -> map(e.relation(first), Relation::plus);
      case OPTIONAL -> map(e.relation(first), Relation::optional);
      case INVERSE -> map(e.relation(first), Relation::inverse);
      case IDENTITY -> map(e.set(first), EventSet::identity);
      case PRODUCT -> {
        Bounds<EventSet> a = e.set(first);
        Bounds<EventSet> b = e.set(last);
        Relation lo = a.lo().times(b.lo());
        yield a.isExact() && b.isExact() ? Bounds.exact(lo) : bounds(lo, a.hi().times(b.hi()));
      }
      case MINUS -> {
        Bounds<Relation> a = e.relation(first);
        Bounds<Relation> b = e.relation(last);
        yield a.isExact() && b.isExact()
            ? Bounds.exact(a.lo().minus(b.lo()))
            : bounds(a.lo().minus(b.hi()), a.hi().minus(b.lo()));
      }
      case COMPLEMENT -> {
        Bounds<Relation> a = e.relation(first);
        yield a.isExact()
            ? Bounds.exact(a.lo().complement())
            : bounds(a.hi().complement(), a.lo().complement());
      }
      default -> throw new IllegalStateException(op.name());
    };
  }
}
