package dev.lazymm.litmus;

import dev.lazymm.litmus.LitmusTest.Quantifier;
import java.util.List;
import java.util.stream.Collectors;

/** Writes conditions as herd7 does: {@code exists (0:r1=1 /\ [x]=2)}. */
public final class ConditionText {
  /** What a proposition stands in. */
  private enum Around {
    NOTHING,
    AND,
    OR,
    IMPLIES
  }

  private final List<String> locations;

  /** For a test with these locations. */
  public ConditionText(List<String> locations) {
    this.locations = List.copyOf(locations);
  }

  /** {@return a whole condition} */
  public String condition(Quantifier quantifier, Prop prop) {
    String word =
        switch (quantifier) {
          case EXISTS -> "exists";
          case NOT_EXISTS -> "~exists";
          case FORALL -> "forall";
        };
    return word + " (" + prop(prop) + ")";
  }

  /** {@return a proposition} */
  public String prop(Prop prop) {
    return prop(prop, Around.NOTHING);
  }

  private String prop(Prop prop, Around around) {
    return switch (prop) {
      case Prop.True _ -> "true";
      case Prop.Not(Prop.True _) -> "false";
      case Prop.Not(Prop of) -> "not (" + prop(of) + ")";
      case Prop.Equal(var left, var right) -> term(left) + "=" + term(right);
      case Prop.And(var all) -> parens(around, Around.AND, join(all, " /\\ ", Around.AND));
      case Prop.Or(var all) -> parens(around, Around.OR, join(all, " \\/ ", Around.OR));
      case Prop.Implies(var first, var second) ->
          parens(
              around,
              Around.IMPLIES,
              prop(first, Around.IMPLIES) + " => " + prop(second, Around.IMPLIES));
    };
  }

  private String join(List<Prop> all, String sign, Around around) {
    return all.stream().map(p -> prop(p, around)).collect(Collectors.joining(sign));
  }

  private static String parens(Around around, Around here, String text) {
    boolean plain =
        around == Around.NOTHING || around == here || (around == Around.OR && here == Around.AND);
    return plain ? text : "(" + text + ")";
  }

  /** {@return a term; an address by its location's name} */
  public String term(Prop.Term term) {
    return switch (term) {
      case Prop.Register(int thread, String name) -> thread + ":" + name;
      case Prop.Location(String name) -> "[" + name + "]";
      case Prop.Literal(long number) -> number(number);
    };
  }

  /** {@return a number, or the name of the location that it is the address of} */
  public String number(long number) {
    int location = Value.locationOf(number);
    return location >= 0 && location < locations.size()
        ? locations.get(location)
        : Long.toString(number);
  }
}
