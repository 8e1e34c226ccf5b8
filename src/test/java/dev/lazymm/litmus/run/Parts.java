package dev.lazymm.litmus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a model's text: its checks, and the operands of its unions. Each gives a model that
 * lacks it.
 */
final class Parts {
  /**
   * A model that lacks a part.
   *
   * @param name the part, and the definition or check that it is in
   * @param text the model without it
   */
  record Mutant(String name, String text) {}

  private record Token(String text, int start, int end, int depth) {
    boolean is(String... others) {
      return List.of(others).contains(text);
    }
  }

  private static final Pattern COMMENT = Pattern.compile("(?s)\\(\\*.*?\\*\\)|\"[^\"]*\"");
  private static final Pattern WORD = Pattern.compile("[\\w][\\w.-]*'?|\\^-1|\\S");
  private static final Pattern CHECK =
      Pattern.compile(
          "^(flag +)?~?(acyclic|irreflexive|empty) [^\"]*?\\bas ([\\w-]+)$", Pattern.MULTILINE);
  private static final String[] BOUNDS = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "as",
    "let",
    "rec",
    "and",
    "in",
    "acyclic",
    "irreflexive",
    "empty",
    "show",
    "with",
    "include",
    "flag",
    "unshow"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  private Parts(String text) {
    this.text = text;
    // Blanked, so that indices stay what they are.
    String code = COMMENT.matcher(text).replaceAll(m -> m.group().replaceAll("[^\n]", " "));
    Matcher word = WORD.matcher(code);
    int depth = 0;
    while (word.find()) {
      String t = word.group();
      depth -= t.equals(")") || t.equals("]") ? 1 : 0;
      tokens.add(new Token(t, word.start(), word.end(), depth));
      depth += t.equals("(") || t.equals("[") ? 1 : 0;
    }
  }

  /** {@return the models that lack one part of this one} */
  static List<Mutant> mutants(String text) {
    var parts = new Parts(text);
    List<Mutant> all = new ArrayList<>();
    Matcher check = CHECK.matcher(text);
    while (check.find()) {
      all.add(
          new Mutant(
              "check " + check.group(3),
              text.substring(0, check.start()) + text.substring(check.end())));
    }
    for (int i = 0; i < parts.tokens.size(); i++) {
      if (parts.tokens.get(i).is("|")) {
        if (!parts.hasUnionBefore(i)) {
          int from = parts.begin(i);
          all.add(parts.without(from, i + 1, from, i));
        }
        int to = parts.end(i);
        all.add(parts.without(i, to, i + 1, to));
      }
    }
    return all;
  }

  private boolean hasUnionBefore(int bar) {
    int first = begin(bar);
    return first > 0
        && tokens.get(first - 1).is("|")
        && tokens.get(first - 1).depth == tokens.get(bar).depth;
  }

  /** {@return the index of the first token of the operand before a bar} */
  private int begin(int bar) {
    int depth = tokens.get(bar).depth;
    int i = bar - 1;
    while (i >= 0 && !ends(tokens.get(i), depth)) {
      i--;
    }
    return i + 1;
  }

  /** {@return the index after the last token of the operand behind a bar} */
  private int end(int bar) {
    int depth = tokens.get(bar).depth;
    int i = bar + 1;
    while (i < tokens.size() && !ends(tokens.get(i), depth)) {
      i++;
    }
    return i;
  }

  private static boolean ends(Token token, int depth) {
    boolean bracket = token.is("(", "[", ")", "]");
    return token.depth < depth
        || (token.depth == depth && token.is("|"))
        || (token.depth == depth && !bracket && token.is(BOUNDS));
  }

  private Mutant without(int from, int to, int partFrom, int partTo) {
    String part =
        text.substring(tokens.get(partFrom).start, tokens.get(partTo - 1).end)
            .replaceAll("\\s+", " ");
    String rest =
        text.substring(0, tokens.get(from).start) + text.substring(tokens.get(to - 1).end);
    return new Mutant(where(from) + ": " + part, rest);
  }

  /** {@return the name of the definition or check that a token is in} */
  private String where(int token) {
    for (int i = token; i >= 0; i--) {
      if (tokens.get(i).is("let", "and")) {
        return tokens.get(i + 1).is("rec") ? tokens.get(i + 2).text : tokens.get(i + 1).text;
      }
      if (tokens.get(i).is("acyclic", "irreflexive", "empty")) {
        for (int j = i; j < tokens.size(); j++) {
          if (tokens.get(j).is("as")) {
            return "check " + tokens.get(j + 1).text;
          }
        }
      }
    }
    throw new AssertionError(tokens.get(token).text);
  }
}
