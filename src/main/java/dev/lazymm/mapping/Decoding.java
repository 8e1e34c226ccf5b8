package dev.lazymm.mapping;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.IsaException;
import dev.lazymm.isa.Table;
import dev.lazymm.isa.grammar.AsmLexer;
import dev.lazymm.isa.grammar.AsmParser;
import java.util.List;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Holds a row's instructions to an instruction set. */
final class Decoding {
  private static final List<String> HOLES =
      List.of("result", "address", "value", "old", "t1", "t2", "status");

  private Decoding() {}

  static void check(Row row, Isa isa, Registers registers) {
    for (boolean wide : new boolean[] {false, true}) {
      UnaryOperator<String> names = names(registers, wide);
      for (Row.Code code : row.code()) {
        check(Template.fill(code.text(), names, wide), code.place(), isa);
      }
    }
  }

  private static UnaryOperator<String> names(Registers registers, boolean wide) {
    return placeholder -> {
      int at = HOLES.indexOf(placeholder);
      return switch (placeholder) {
        case "done", "fail" -> placeholder;
        case "address" -> registers.name(at, true);
        case "status" -> registers.name(at, false);
        default -> registers.name(at, wide);
      };
    };
  }

  private static void check(String text, Place place, Isa isa) {
    var parser = new AsmParser(new CommonTokenStream(new AsmLexer(CharStreams.fromString(text))));
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      isa.decode(Table.line(parser.only().cell()));
    } catch (ParseCancellationException _) {
      throw place.error("\"" + text + "\" is no instruction", "one of " + isa.name());
    } catch (IsaException e) {
      throw place.error(
          "\"%s\": %s".formatted(text, e.getMessage()), "an instruction of " + isa.name());
    }
  }
}
