package dev.lazymm.cat;

import java.util.ArrayList;
import java.util.List;

/** All total orders of some events that respect a relation. */
final class Orders {
  private Orders() {}

  /** {@return every such order as a relation; none if the relation has a cycle there} */
  static Value all(EventSet events, Relation respecting) {
    int n = events.universe();
    Relation among = respecting.intersect(events.times(events));
    List<Value> orders = new ArrayList<>();
    extend(Relation.empty(n), EventSet.empty(n), events, among.inverse(), orders);
    return Values.many(orders);
  }

  private static void extend(
      Relation order, EventSet before, EventSet rest, Relation predecessors, List<Value> orders) {
    if (rest.isEmpty()) {
      orders.add(new Value.Pairs(order));
      return;
    }
    rest.stream()
        .filter(e -> predecessors.successors(e).isSubsetOf(before))
        .forEach(e -> {
          EventSet one = EventSet.empty(order.universe()).with(e);
          extend(
              order.union(before.times(one)),
              before.with(e),
              rest.minus(one),
              predecessors,
              orders);
        });
  }
}
