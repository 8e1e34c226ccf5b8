package dev.lazymm.litmus;

import dev.lazymm.litmus.grammar.StateLexer;
import dev.lazymm.litmus.grammar.StateParser;
import dev.lazymm.litmus.grammar.StateParser.AddressContext;
import dev.lazymm.litmus.grammar.StateParser.BracketPlaceContext;
import dev.lazymm.litmus.grammar.StateParser.EntryContext;
import dev.lazymm.litmus.grammar.StateParser.ListValueContext;
import dev.lazymm.litmus.grammar.StateParser.NamePlaceContext;
import dev.lazymm.litmus.grammar.StateParser.NumberContext;
import dev.lazymm.litmus.grammar.StateParser.RegisterPlaceContext;
import dev.lazymm.litmus.grammar.StateParser.ValueContext;
import dev.lazymm.litmus.grammar.StateParser.WrappedContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/**
 * What a test says about its start.
 *
 * @param locations what is in each location that is mentioned, in the order of the text
 * @param registers what is in registers
 */
public record InitialState(
    Map<String, Content> locations, Map<Prop.Register, RegisterContent> registers) {
  /** What a location or register holds. */
  public sealed interface Content {
    /** {@return it as a number, given those of locations} */
    default long number(Map<String, Long> addresses) {
      return switch (this) {
        case Constant(long number) -> number;
        case Address(String name) -> addresses.getOrDefault(name, 0L);
      };
    }
  }

  /** A number. */
  public record Constant(long number) implements Content {}

  /** The address of a location. */
  public record Address(String location) implements Content {}

  /** What a register holds, and where the test says so. */
  public record RegisterContent(Content content, Source.Place place) {}

  public InitialState {
    locations = Collections.unmodifiableMap(new LinkedHashMap<>(locations));
    registers = Collections.unmodifiableMap(new LinkedHashMap<>(registers));
  }

  /** {@return what an initial state without comments says} */
  public static InitialState parse(Source source) {
    return new Reader(source).read();
  }

  private static final class Reader {
    private static final Map<String, String> REFUSED =
        Map.of("[", "arrays are not supported", ".", "fields of structures are not supported");

    private final Source source;
    private final Map<String, Content> locations = new LinkedHashMap<>();
    private final Map<String, Content> pointedTo = new LinkedHashMap<>();
    private final Map<Prop.Register, RegisterContent> registers = new LinkedHashMap<>();

    Reader(Source source) {
      this.source = source;
    }

    InitialState read() {
      Syntax.parser(source, StateLexer::new, StateParser::new, REFUSED)
          .init()
          .entry()
          .forEach(this::entry);
      pointedTo.forEach(locations::putIfAbsent);
      return new InitialState(locations, registers);
    }

    private void entry(EntryContext entry) {
      Content content = entry.value() == null ? new Constant(0) : content(entry.value());
      switch (entry.place()) {
        case RegisterPlaceContext r -> {
          int thread = Syntax.thread(source, r.thread);
          var register = new Prop.Register(thread, r.name.getText());
          var old = registers.put(register, new RegisterContent(content, Syntax.place(r.thread)));
          checkNew(r.name, old == null);
        }
        case BracketPlaceContext b -> location(b.ID().getSymbol(), content);
        case NamePlaceContext n -> {
          if (n.array() != null) {
            throw source.error(Syntax.place(n.array().start), "arrays are not supported");
          }
          location(n.ID().getSymbol(), content);
        }
        default -> throw new AssertionError(entry.getText());
      }
    }

    private void location(Token name, Content content) {
      checkNew(name, locations.put(name.getText(), content) == null);
    }

    private void checkNew(Token name, boolean isNew) {
      if (!isNew) {
        throw source.error(Syntax.place(name), name.getText() + " is initialised twice");
      }
    }

    private Content content(ValueContext value) {
      return switch (value) {
        case NumberContext n ->
            new Constant(
                Syntax.number(source, n.NUM().getSymbol(), n.start != n.NUM().getSymbol()));
        case AddressContext a -> {
          pointedTo.put(a.ID().getText(), new Constant(0));
          yield new Address(a.ID().getText());
        }
        case WrappedContext w -> content(w.value());
        case ListValueContext l ->
            throw source.error(
                Syntax.place(l.start), "initialisers of arrays and structures are not supported");
        default -> throw new AssertionError(value.getText());
      };
    }
  }
}
