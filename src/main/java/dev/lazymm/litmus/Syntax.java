package dev.lazymm.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Sets up ANTLR's parsers so that the first error ends parsing with a message for people. */
public final class Syntax {
  /** Deeper than any test of a person's; less deep than what overflows a stack. */
  private static final int DEEPEST = 200;

  private static final Set<String> PREFIXES = Set.of("!", "~", "-", "+", "*", "++", "--", "not");

  /** More of a word is not shown. */
  private static final int LONGEST = 40;

  private Syntax() {}

  /**
   * {@return a parser of a source}
   *
   * @param refused words and signs that are not supported, with what to say of each
   */
  public static <P extends Parser> P parser(
      Source source,
      Function<CharStream, Lexer> lexer,
      Function<TokenStream, P> parser,
      Map<String, String> refused) {
    Lexer words = lexer.apply(CharStreams.fromString(source.text(), source.file()));
    words.removeErrorListeners();
    var tokens = new CommonTokenStream(words);
    tokens.fill();
    checkNesting(source, tokens);
    P result = parser.apply(tokens);
    result.removeErrorListeners();
    result.addErrorListener(new Listener(source, refused));
    return result;
  }

  /** {@return where a token is} */
  public static Source.Place place(Token token) {
    return new Source.Place(token.getLine(), token.getCharPositionInLine() + 1);
  }

  /** {@return the number of the thread that a token names: {@code 1} or {@code P1}} */
  static int thread(Source source, Token token) {
    String text = token.getText().replaceFirst("^P(?=[0-9])", "");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw source.error(
          place(token), "expected the number of a thread, not " + Listener.shown(token));
    }
  }

  /** {@return the number that a token is, decimal or hexadecimal, as 64 bits} */
  public static long number(Source source, Token token, boolean negative) {
    String digits = token.getText().replaceAll("[uUlL]+$", "");
    boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
    try {
      if (hex) {
        long number = Long.parseUnsignedLong(digits.substring(2), 16);
        return negative ? -number : number;
      }
      return Long.parseLong(negative ? "-" + digits : digits);
    } catch (NumberFormatException _) {
      throw source.error(place(token), "this number does not fit in 64 bits");
    }
  }

  private static void checkNesting(Source source, CommonTokenStream tokens) {
    int depth = 0;
    int signs = 0;
    for (Token token : tokens.getTokens()) {
      signs = PREFIXES.contains(token.getText()) ? signs + 1 : 0;
      switch (token.getText()) {
        case "(", "{", "[" -> depth++;
        case ")", "}", "]" -> depth--;
        default -> {}
      }
      if (depth > DEEPEST || signs > DEEPEST) {
        throw source.error(
            place(token), "nested too deeply: over " + DEEPEST + " brackets or signs");
      }
    }
  }

  private static final class Listener extends BaseErrorListener {
    private final Source source;
    private final Map<String, String> refused;

    Listener(Source source, Map<String, String> refused) {
      this.source = source;
      this.refused = refused;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object offending,
        int line,
        int column,
        String message,
        @Nullable RecognitionException e) {
      if (!(offending instanceof Token token) || !(recognizer instanceof Parser parser)) {
        throw source.error(new Source.Place(line, column + 1), message);
      }
      if (token.getType() == Token.EOF) {
        throw source.error(
            source.text().stripTrailing().length(), "ends too early" + expected(parser));
      }
      String why = refused.get(token.getText());
      throw source.error(
          place(token), why == null ? "unexpected " + shown(token) + expected(parser) : why);
    }

    private static String shown(Token token) {
      String text = token.getText();
      String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
      return start.replaceAll("\\p{Cntrl}", "?");
    }

    private static String expected(Parser parser) {
      IntervalSet set = parser.getExpectedTokens();
      List<String> names = new ArrayList<>();
      for (int type : set.toArray()) {
        names.add(name(parser.getVocabulary(), type));
      }
      if (names.size() > 3) {
        names = summary(names);
      }
      return names.isEmpty() ? "" : ", expected " + String.join(" or ", names);
    }

    private static List<String> summary(List<String> names) {
      if (names.contains("if")) {
        return List.of("a statement");
      }
      if (names.contains("exists")) {
        return List.of("exists", "~exists", "forall");
      }
      if (names.contains("a number")) {
        return List.of(
            names.contains("BUILTIN")
                ? "an expression"
                : names.contains("true") ? "a condition" : "a value");
      }
      if (names.contains("==") && !names.contains("*")) {
        return List.of("a comparison");
      }
      return names.stream().filter(List.of(";", ")", "]", ",")::contains).toList();
    }

    private static String name(Vocabulary words, int type) {
      String literal = words.getLiteralName(type);
      return switch (words.getDisplayName(type)) {
        case "EOF" -> "the end";
        case "ID" -> "a name";
        case "NUM" -> "a number";
        case "WORD" -> "a type";
        case String name ->
            literal == null
                ? name
                : literal.substring(1, literal.length() - 1).replace("\\\\", "\\");
      };
    }
  }
}
