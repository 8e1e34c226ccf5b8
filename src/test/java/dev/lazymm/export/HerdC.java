package dev.lazymm.export;

import dev.lazymm.litmus.c.Macro;
import dev.lazymm.litmus.c.Macros;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a thread of a test in C, held against the part of herd7's grammar (its CParser.mly
 * and CLexer.mll, 7.58) that the kernel's own tests keep to. Our own parser takes more: {@code !},
 * {@code ++}, loops, a value that nobody takes.
 */
final class HerdC {
  private static final Pattern TOKEN =
      Pattern.compile(
          "/\\*.*?\\*/|\\s+|-?[0-9]+|[A-Za-z_][A-Za-z0-9_]*|==|!=|<=|>=|[-+*/^&|<>=(){},;]",
          Pattern.DOTALL);

  private static final Set<String> TYPES = Set.of("int", "atomic_t", "spinlock_t");

  /** What stands for something else to herd, of words that a name may well be. */
  static final Set<String> WORDS =
      Set.of(
          "lock",
          "unlock",
          "while",
          "if",
          "else",
          "char",
          "long",
          "int",
          "struct",
          "volatile",
          "void",
          "atomic_t",
          "spinlock_t",
          "exists",
          "forall",
          "filter",
          "locations",
          "cases",
          "final",
          "observed",
          "fault",
          "not",
          "and",
          "or",
          "true",
          "false",
          "with");

  private static final Set<String> OPERATORS =
      Set.of("+", "-", "*", "/", "^", "&", "|", "==", "!=", "<", "<=", ">", ">=");

  /** What our own list of macros has, and the kernel's has not. */
  static final Set<String> OURS = Set.of("smp_memb", "atomic_inc_not_zero");

  /** What is accessed by a location, and not by its address. */
  private static final Set<String> OF_LOCATIONS =
      Set.of("READ_ONCE", "WRITE_ONCE", "rcu_dereference", "rcu_assign_pointer");

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> known;
  private final Set<String> locals = new HashSet<>();
  private int at;

  private HerdC(String body, Set<String> parameters) {
    known = new HashSet<>(parameters);
    Matcher m = TOKEN.matcher(body);
    int end = 0;
    while (end < body.length()) {
      if (!m.find(end) || m.start() != end) {
        throw new HerdGrammar.Refused("no word of C: " + body.substring(end).lines().findFirst());
      }
      end = m.end();
      if (!m.group().isBlank() && !m.group().startsWith("/*")) {
        tokens.add(m.group());
      }
    }
  }

  /** {@return the locals of a thread; throws if herd would not read its body} */
  static Set<String> locals(String body, Set<String> parameters) {
    HerdC c = new HerdC(body, parameters);
    c.statements("");
    return c.locals;
  }

  private String next() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String take() {
    String token = next();
    at++;
    return token;
  }

  private void take(String token) {
    String is = take();
    if (!is.equals(token)) {
      throw new HerdGrammar.Refused("expected %s, is %s".formatted(token, is));
    }
  }

  private void statements(String end) {
    int first = at;
    while (!next().equals(end)) {
      statement();
    }
    if (at == first) {
      throw new HerdGrammar.Refused("an empty block");
    }
  }

  private void statement() {
    String word = take();
    if (word.equals("{")) {
      statements("}");
      take("}");
    } else if (word.equals("if")) {
      take("(");
      expression();
      take(")");
      statement();
      if (next().equals("else")) {
        at++;
        statement();
      }
    } else if (TYPES.contains(word)) {
      declaration();
    } else if (word.equals("*")) {
      address();
      assignment();
    } else if (next().equals("(")) {
      call(word, false);
      take(";");
    } else {
      name(word);
      assignment();
    }
  }

  private void declaration() {
    while (next().equals("*")) {
      at++;
    }
    String name = HerdGrammar.name(take());
    locals.add(name);
    known.add(name);
    if (next().equals("=")) {
      assignment();
    } else {
      take(";");
    }
  }

  private void assignment() {
    take("=");
    expression();
    take(";");
  }

  private void name(String word) {
    if (!known.contains(HerdGrammar.name(word))) {
      throw new HerdGrammar.Refused(word + " is neither a parameter nor a local");
    }
  }

  /** Behind a star. */
  private void address() {
    if (next().equals("(")) {
      at++;
      expression();
      take(")");
    } else {
      name(take());
    }
  }

  private void expression() {
    operand();
    while (OPERATORS.contains(next())) {
      at++;
      operand();
    }
  }

  private void operand() {
    String word = take();
    if (word.equals("(")) {
      expression();
      take(")");
    } else if (word.equals("*")) {
      address();
    } else if (!word.matches("-?[0-9]+")) {
      if (next().equals("(")) {
        call(word, true);
      } else {
        name(word);
      }
    }
  }

  private void call(String macro, boolean isValue) {
    Macro is = Macros.linux().get(macro);
    if (is == null || OURS.contains(macro) || isValue != is instanceof Macro.Valued) {
      throw new HerdGrammar.Refused(
          "linux-kernel.def has no %s %s".formatted(isValue ? "value" : "statement", macro));
    }
    take("(");
    for (int i = 0; i < is.parameters().size(); i++) {
      if (i > 0) {
        take(",");
      }
      boolean location = i == 0 && next().equals("*");
      if (i == 0 && location != OF_LOCATIONS.contains(macro)) {
        throw new HerdGrammar.Refused(macro + (location ? " takes an address" : " takes *x"));
      }
      expression();
    }
    take(")");
  }
}
