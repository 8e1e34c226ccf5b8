package dev.lazymm.mapping;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction with holes: {@code {lwz|ld} {result},0({address})}. A hole with a bar in it has
 * two forms, for 32 bits and for 64; any other is a placeholder.
 */
final class Template {
  /** Placeholders that every primitive may use. */
  static final List<String> SCRATCH = List.of("t1", "t2", "status", "done", "fail");

  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)\\}");

  private Template() {}

  /** {@return the text with its holes filled} */
  static String fill(String text, UnaryOperator<String> names, boolean wide) {
    return HOLE.matcher(text)
        .replaceAll(hole -> Matcher.quoteReplacement(of(hole.group(1), names, wide)));
  }

  private static String of(String inside, UnaryOperator<String> names, boolean wide) {
    int bar = inside.indexOf('|');
    if (bar < 0) {
      return names.apply(inside);
    }
    return wide ? inside.substring(bar + 1) : inside.substring(0, bar);
  }

  /** {@return the placeholders in a text, in order, some perhaps twice} */
  static List<String> placeholders(String text) {
    return HOLE.matcher(text).results().map(r -> r.group(1)).filter(p -> !p.contains("|")).toList();
  }

  /** {@return whether its braces are in order} */
  static boolean isSound(String text) {
    String rest = HOLE.matcher(text).replaceAll("");
    return !rest.contains("{") && !rest.contains("}");
  }
}
