package dev.lazymm.cat;

import dev.lazymm.cat.grammar.CatLexer;
import dev.lazymm.cat.grammar.CatParser;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Text to syntax: drives the generated parser and words its errors. */
final class CatReader {
  private static final int MANY = 8;

  /** More than anybody writes, and little enough for the parser's stack. */
  private static final int DEEP = 200;

  private CatReader() {}

  /**
   * {@return a file, read}
   *
   * @throws CatException if it is not cat
   */
  static CatFile read(Source source) {
    CatLexer lexer = new CatLexer(CharStreams.fromString(source.text(), source.name()));
    CatParser parser = new CatParser(new CommonTokenStream(lexer));
    var errors = new FirstError(source);
    lexer.removeErrorListeners();
    lexer.addErrorListener(errors);
    parser.removeErrorListeners();
    parser.addErrorListener(errors);
    refuseDeepNesting(source, parser.getTokenStream());
    try {
      return new AstBuilder(source).file(parser.model());
    } catch (StackOverflowError e) {
      // The parser's tables are shared, and may be half written.
      parser.getInterpreter().clearDFA();
      throw tooDeep(source, parser.getCurrentToken());
    }
  }

  private static void refuseDeepNesting(Source source, TokenStream tokens) {
    int depth = 0;
    for (int type = tokens.LA(1); type != Token.EOF; type = tokens.LA(1)) {
      switch (tokens.LT(1).getText()) {
        case "(", "[", "{", "begin" -> depth++;
        case ")", "]", "}" -> depth--;
        default -> {}
      }
      if (depth > DEEP) {
        throw tooDeep(source, tokens.LT(1));
      }
      tokens.consume();
    }
    tokens.seek(0);
  }

  private static CatException tooDeep(Source source, Token here) {
    var place = new Place(source, here.getLine(), here.getCharPositionInLine() + 1);
    return new CatException(place, "this is nested too deeply", "fewer parentheses");
  }

  /** Throws the first syntax error. */
  private static final class FirstError extends BaseErrorListener {
    private final Source source;

    FirstError(Source source) {
      this.source = source;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException e) {
      Place at = new Place(source, line, column + 1);
      if (recognizer instanceof Parser parser && symbol instanceof Token token) {
        if (token.getType() == CatLexer.UNCLOSED) {
          throw new CatException(at, "this comment is never closed", "a '*)'");
        }
        String what =
            token.getType() == Token.EOF
                ? "the file ends too early"
                : "unexpected '" + token.getText() + "'";
        throw new CatException(at, what, names(expected(parser, e), parser.getVocabulary()));
      }
      throw lexical((Lexer) recognizer, at);
    }

    private static IntervalSet expected(Parser parser, @Nullable RecognitionException e) {
      try {
        IntervalSet tokens = e == null ? null : e.getExpectedTokens();
        return tokens == null || tokens.isNil() ? parser.getExpectedTokens() : tokens;
      } catch (IllegalArgumentException unknown) {
        return IntervalSet.EMPTY_SET;
      }
    }

    private static CatException lexical(Lexer lexer, Place at) {
      int c = lexer.getInputStream().LA(1);
      int start = lexer._tokenStartCharIndex;
      var input = lexer.getInputStream();
      String rest =
          input.getText(
              new org.antlr.v4.runtime.misc.Interval(
                  start, Math.min(start + 1, Math.max(start, input.size() - 1))));
      if (rest.startsWith("\"")) {
        return new CatException(at, "this text is never closed", "a '\"' on the same line");
      }
      String shown = rest.isEmpty() ? "end of file" : rest.substring(0, 1);
      return new CatException(
          at,
          c == IntStream.EOF && rest.isEmpty()
              ? "the file ends too early"
              : "unexpected character '" + shown + "'",
          "a name, a tag, a text in quotes or an operator");
    }

    private static String names(IntervalSet tokens, Vocabulary vocabulary) {
      var names =
          tokens.toList().stream()
              .map(type ->
                  switch (type) {
                    case Token.EOF -> "the end of the file";
                    case CatLexer.NAME -> "a name";
                    case CatLexer.TAG -> "a tag such as 'once";
                    case CatLexer.STRING -> "a text in quotes";
                    default -> vocabulary.getDisplayName(type);
                  })
              .toList();
      if (names.isEmpty() || names.size() > MANY) {
        boolean expression = tokens.contains(CatLexer.NAME);
        return tokens.contains(CatLexer.INCLUDE) && tokens.contains(CatLexer.SHOW)
            ? "an operator or an instruction such as let, acyclic, include"
            : expression ? "an expression" : "something else here";
      }
      return String.join(" or ", names);
    }
  }
}
