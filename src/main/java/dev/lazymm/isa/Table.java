package dev.lazymm.isa;

import dev.lazymm.isa.Line.Place;
import dev.lazymm.isa.Line.Term;
import dev.lazymm.isa.grammar.AsmParser.AddressContext;
import dev.lazymm.isa.grammar.AsmParser.BasedContext;
import dev.lazymm.isa.grammar.AsmParser.BracketContext;
import dev.lazymm.isa.grammar.AsmParser.CellContext;
import dev.lazymm.isa.grammar.AsmParser.NameContext;
import dev.lazymm.isa.grammar.AsmParser.NumberContext;
import dev.lazymm.isa.grammar.AsmParser.ShiftContext;
import dev.lazymm.isa.grammar.AsmParser.TableContext;
import dev.lazymm.isa.grammar.AsmParser.TermContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads the columns of assembly in a litmus test. */
public final class Table {
  /** Far more than any search can deal with. */
  private static final int MOST = 64;

  private Table() {}

  /**
   * {@return the lines of each thread}
   *
   * @throws IsaException if threads are not numbered in order, or a row is too long
   */
  public static List<List<Line>> read(TableContext table) {
    List<TerminalNode> heads = table.heads().ID();
    for (int i = 0; i < heads.size(); i++) {
      if (!heads.get(i).getText().equals("P" + i) || i >= MOST) {
        throw new IsaException(
            place(heads.get(i).getSymbol()),
            i >= MOST ? "more than " + MOST + " threads" : "expected P" + i);
      }
    }
    List<List<Line>> threads = new ArrayList<>();
    heads.forEach(_ -> threads.add(new ArrayList<>()));
    for (var row : table.row()) {
      List<CellContext> cells = row.cell();
      if (cells.size() > heads.size()) {
        CellContext extra = cells.get(heads.size());
        throw new IsaException(
            place(extra.start),
            "this is in column %d, and there are %d threads"
                .formatted(heads.size() + 1, heads.size()));
      }
      for (int i = 0; i < cells.size(); i++) {
        CellContext cell = cells.get(i);
        if (cell.instruction() != null || !cell.label().isEmpty()) {
          threads.get(i).add(line(cell));
        }
      }
    }
    return threads;
  }

  /** {@return what is in a cell that is not empty} */
  public static Line line(CellContext cell) {
    List<String> labels = cell.label().stream().map(l -> l.ID().getText()).toList();
    var instruction = cell.instruction();
    if (instruction == null) {
      return new Line(labels, "", List.of(), place(cell.start), "");
    }
    var name = instruction.HINTED() == null ? instruction.ID() : instruction.HINTED();
    String mnemonic = name.getText().toLowerCase(Locale.ROOT);
    String text =
        instruction
            .start
            .getInputStream()
            .getText(
                Interval.of(instruction.start.getStartIndex(), instruction.stop.getStopIndex()));
    return new Line(
        labels,
        instruction.LOCK() == null ? mnemonic : "lock " + mnemonic,
        instruction.term().stream().map(Table::term).toList(),
        place(instruction.start),
        text.replaceAll("\\s+", " "));
  }

  private static Term term(TermContext term) {
    Place place = place(term.start);
    return switch (term) {
      case NameContext n -> new Term.Name(n.ID().getText(), place);
      case NumberContext n -> new Term.Immediate(number(n.NUM(), isNegative(n)), place);
      case AddressContext a -> new Term.Address(a.ID().getText(), place);
      case ShiftContext s -> new Term.Shift(s.ID().getText(), number(s.NUM(), false), place);
      case BracketContext b ->
          new Term.Bracket(
              b.ID().stream().map(i -> i.getText().toLowerCase(Locale.ROOT)).toList(),
              b.term().stream().map(Table::term).toList(),
              b.getStop().getText().equals("!"),
              place);
      case BasedContext b ->
          new Term.Based(
              b.NUM() == null ? 0 : number(b.NUM(), isNegative(b)), b.ID().getText(), place);
      default -> throw new AssertionError(term.getText());
    };
  }

  private static boolean isNegative(TermContext term) {
    return term.children.stream().anyMatch(c -> c.getText().equals("-"));
  }

  private static long number(TerminalNode node, boolean negative) {
    String text = node.getText();
    try {
      long number =
          text.startsWith("0x") || text.startsWith("0X")
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseLong(text);
      return negative ? -number : number;
    } catch (NumberFormatException _) {
      throw new IsaException(place(node.getSymbol()), "this number does not fit in 64 bits");
    }
  }

  private static Place place(Token token) {
    return new Place(token.getLine(), token.getCharPositionInLine() + 1);
  }
}
