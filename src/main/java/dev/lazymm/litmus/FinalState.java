package dev.lazymm.litmus;

import dev.lazymm.litmus.LitmusTest.Quantifier;
import dev.lazymm.litmus.grammar.StateLexer;
import dev.lazymm.litmus.grammar.StateParser;
import dev.lazymm.litmus.grammar.StateParser.AddressOfContext;
import dev.lazymm.litmus.grammar.StateParser.AndContext;
import dev.lazymm.litmus.grammar.StateParser.BracketLocationContext;
import dev.lazymm.litmus.grammar.StateParser.ByKindContext;
import dev.lazymm.litmus.grammar.StateParser.ComparisonContext;
import dev.lazymm.litmus.grammar.StateParser.ExistsContext;
import dev.lazymm.litmus.grammar.StateParser.FalseContext;
import dev.lazymm.litmus.grammar.StateParser.FinalStateContext;
import dev.lazymm.litmus.grammar.StateParser.ForallContext;
import dev.lazymm.litmus.grammar.StateParser.ImpliesContext;
import dev.lazymm.litmus.grammar.StateParser.KindContext;
import dev.lazymm.litmus.grammar.StateParser.LiteralContext;
import dev.lazymm.litmus.grammar.StateParser.NameContext;
import dev.lazymm.litmus.grammar.StateParser.NotContext;
import dev.lazymm.litmus.grammar.StateParser.NotExistsContext;
import dev.lazymm.litmus.grammar.StateParser.OneContext;
import dev.lazymm.litmus.grammar.StateParser.OrContext;
import dev.lazymm.litmus.grammar.StateParser.ParensContext;
import dev.lazymm.litmus.grammar.StateParser.PropContext;
import dev.lazymm.litmus.grammar.StateParser.QuantifierContext;
import dev.lazymm.litmus.grammar.StateParser.RegisterContext;
import dev.lazymm.litmus.grammar.StateParser.StarLocationContext;
import dev.lazymm.litmus.grammar.StateParser.TermContext;
import dev.lazymm.litmus.grammar.StateParser.TrueContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * What a test asks about its end.
 *
 * @param shown what {@code locations [...]} names
 * @param filter only executions that satisfy it count
 */
public record FinalState(
    List<Prop.Term> shown, Prop filter, Quantifier quantifier, Prop condition) {
  public FinalState {
    shown = List.copyOf(shown);
  }

  /**
   * {@return what the end of a test, without comments, asks}
   *
   * @param locations all locations of the test
   * @param threads how many threads it has
   */
  public static FinalState parse(Source source, List<String> locations, int threads) {
    return parse(source, locations, threads, name -> name, "");
  }

  /**
   * {@return the same, of a language whose registers may have several names}
   *
   * @param registers tells the one that is used in paths; null of what is no register
   * @param model the name of the model that the test is for, as {@code final} asks for it
   */
  public static FinalState parse(
      Source source, List<String> locations, int threads, Registers registers, String model) {
    return new Reader(source, locations, threads, registers, model).read();
  }

  /** Knows registers. */
  @FunctionalInterface
  public interface Registers {
    /** {@return the name of a register that is used in paths; null if there is no such register} */
    @Nullable String named(String name);
  }

  private static final class Reader {
    private static final Map<String, String> REFUSED = Map.of("[", "arrays are not supported");

    /** The kind for all models that are not named. */
    private static final String DEFAULT = "default";

    private final Source source;
    private final List<String> locations;
    private final int threads;
    private final Registers registers;
    private final String model;

    Reader(Source source, List<String> locations, int threads, Registers registers, String model) {
      this.source = source;
      this.locations = locations;
      this.threads = threads;
      this.registers = registers;
      this.model = model;
    }

    FinalState read() {
      FinalStateContext all =
          Syntax.parser(source, StateLexer::new, StateParser::new, REFUSED).finalState();
      List<Prop.Term> shown =
          all.locations().stream().flatMap(l -> l.term().stream()).map(t -> term(t, true)).toList();
      List<Prop> filters = all.filter().stream().map(f -> prop(f.prop())).toList();
      Prop filter =
          switch (filters.size()) {
            case 0 -> new Prop.True();
            case 1 -> filters.getFirst();
            default -> new Prop.And(filters);
          };
      return switch (all.condition()) {
        case OneContext c ->
            new FinalState(shown, filter, quantifier(c.quantifier()), prop(c.prop()));
        case ByKindContext c -> new FinalState(shown, filter, quantifier(c), prop(c.prop()));
        default -> throw new AssertionError(all.getText());
      };
    }

    private static Quantifier quantifier(QuantifierContext quantifier) {
      return switch (quantifier) {
        case ExistsContext _ -> Quantifier.EXISTS;
        case NotExistsContext _ -> Quantifier.NOT_EXISTS;
        case ForallContext _ -> Quantifier.FORALL;
        default -> throw new AssertionError(quantifier.getText());
      };
    }

    private Quantifier quantifier(ByKindContext all) {
      Map<String, Quantifier> kinds = new LinkedHashMap<>();
      for (KindContext kind : all.kind()) {
        if (kinds.put(kind.ID().getText(), quantifier(kind.quantifier())) != null) {
          throw source.error(
              Syntax.place(kind.start), "there are two kinds " + kind.ID().getText());
        }
      }
      Quantifier found = kinds.getOrDefault(model, kinds.get(DEFAULT));
      if (found == null) {
        throw source.error(
            Syntax.place(all.kind(0).start),
            "there is no kind %s: expected it, or default".formatted(model));
      }
      return found;
    }

    private Prop prop(PropContext prop) {
      return switch (prop) {
        case ParensContext p -> prop(p.prop());
        case ComparisonContext c -> {
          Prop equal = new Prop.Equal(term(c.term(0), true), term(c.term(1), false));
          yield c.sign.getText().startsWith("=") ? equal : new Prop.Not(equal);
        }
        case TrueContext _ -> new Prop.True();
        case FalseContext _ -> new Prop.Not(new Prop.True());
        case NotContext n -> new Prop.Not(prop(n.prop()));
        case AndContext a -> new Prop.And(and(a));
        case OrContext o -> new Prop.Or(or(o));
        case ImpliesContext i -> new Prop.Implies(prop(i.prop(0)), prop(i.prop(1)));
        default -> throw new AssertionError(prop.getText());
      };
    }

    private List<Prop> and(AndContext and) {
      List<Prop> all = new ArrayList<>();
      PropContext left = and;
      for (; left instanceof AndContext a; left = a.prop(0)) {
        all.addFirst(prop(a.prop(1)));
      }
      all.addFirst(prop(left));
      return all;
    }

    private List<Prop> or(OrContext or) {
      List<Prop> all = new ArrayList<>();
      PropContext left = or;
      for (; left instanceof OrContext o; left = o.prop(0)) {
        all.addFirst(prop(o.prop(1)));
      }
      all.addFirst(prop(left));
      return all;
    }

    /** A name alone is on the left of a comparison a location, on the right its address. */
    private Prop.Term term(TermContext term, boolean left) {
      return switch (term) {
        case RegisterContext r -> {
          int thread = Syntax.thread(source, r.thread);
          if (thread >= threads) {
            throw source.error(
                Syntax.place(r.thread),
                "there is no thread " + r.thread.getText() + ": the last is P" + (threads - 1));
          }
          String name = registers.named(r.name.getText());
          if (name == null) {
            throw source.error(Syntax.place(r.name), "there is no register " + r.name.getText());
          }
          yield new Prop.Register(thread, name);
        }
        case BracketLocationContext b -> location(b.ID().getSymbol());
        case StarLocationContext s -> location(s.ID().getSymbol());
        case AddressOfContext a -> address(a.ID().getSymbol());
        case NameContext n -> {
          if (n.array() != null) {
            throw source.error(Syntax.place(n.array().start), "arrays are not supported");
          }
          yield left ? location(n.ID().getSymbol()) : address(n.ID().getSymbol());
        }
        case LiteralContext l ->
            new Prop.Literal(
                Syntax.number(source, l.NUM().getSymbol(), l.start != l.NUM().getSymbol()));
        default -> throw new AssertionError(term.getText());
      };
    }

    private Prop.Location location(Token name) {
      check(name);
      return new Prop.Location(name.getText());
    }

    private Prop.Literal address(Token name) {
      check(name);
      return new Prop.Literal(Value.address(locations.indexOf(name.getText())));
    }

    private void check(Token name) {
      if (!locations.contains(name.getText())) {
        throw source.error(
            Syntax.place(name),
            "there is no location " + name.getText() + Spelling.hint(name.getText(), locations));
      }
    }
  }
}
