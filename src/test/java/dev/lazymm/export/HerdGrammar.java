package dev.lazymm.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether herd7 reads a litmus test: our own parsers take more than it does, so that what they read
 * says little. Strict on purpose: only what the kernel's own tests have, or what was tried with
 * herd7 7.58.
 */
final class HerdGrammar {
  private static final Pattern TEST =
      Pattern.compile(
          "(?<arch>\\w+) (?<name>[A-Za-z0-9+._-]+)\n\\s*\\{(?<init>[^{}]*)\\}\n(?<code>.*?)\n"
              + "(filter \\((?<filter>[^\n]*)\\)\n)?exists ?\\((?<condition>.*)\\)\\s*",
          Pattern.DOTALL);

  private static final Pattern THREAD =
      Pattern.compile("\\s*P(\\d+)\\(([^()]*)\\)\\s*\\{\n(.*?)\n\\}\n?", Pattern.DOTALL);

  private static final Pattern PARAMETER =
      Pattern.compile("(int|atomic_t|spinlock_t) ?\\*{1,2} ?(\\w+)");

  /** Why herd would not read a test. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  private HerdGrammar() {}

  /** Throws if herd would not read a test. */
  static void read(String test) {
    Matcher m = TEST.matcher(withoutComments(test));
    if (!m.matches()) {
      throw new Refused("not a name, an initial state, threads, and exists (...)");
    }
    if (m.group("arch").equals("C")) {
      c(m);
    } else {
      HerdAssembly.of(m.group("arch"))
          .read(m.group("init"), m.group("code"), m.group("filter"), m.group("condition"));
    }
  }

  /** {@return a word that herd takes for a name} */
  static String name(String word) {
    if (!word.matches("[A-Za-z_]\\w*") || word.matches("P\\d+") || HerdC.WORDS.contains(word)) {
      throw new Refused(word + " is no name");
    }
    return word;
  }

  /** Comments with stars nest, and are none inside of the threads of C. */
  private static String withoutComments(String test) {
    if (!test.startsWith("C ")) {
      return outside(test);
    }
    int threads = test.indexOf("\nP0(");
    int end = test.lastIndexOf("\n}\n");
    if (threads < 0 || end < threads) {
      throw new Refused("there are no threads");
    }
    return (outside(test.substring(0, threads)) + test.substring(threads, end))
            .replaceAll("//[^\n]*", "")
        + outside(test.substring(end));
  }

  private static String outside(String text) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("(*", i)) {
        depth++;
        i++;
      } else if (text.startsWith("*)", i)) {
        depth--;
        i++;
      } else if (depth == 0) {
        out.append(text.charAt(i));
      }
    }
    if (depth != 0) {
      throw new Refused("a comment that does not end");
    }
    return out.toString().replaceAll("[ \t]*\n\\s*\n", "\n").replaceAll("[ \t]+(?=\n|$)", "");
  }

  // ---- tests in C ------------------------------------------------------------------------------

  private static void c(Matcher m) {
    Set<String> locations = new HashSet<>();
    Map<Integer, Set<String>> locals = new HashMap<>();
    Matcher thread = THREAD.matcher(m.group("code"));
    int end = 0;
    while (thread.find() && thread.start() == end) {
      end = thread.end();
      Set<String> parameters = parameters(thread.group(2));
      locations.addAll(parameters);
      if (Integer.parseInt(thread.group(1)) != locals.size()) {
        throw new Refused("threads are not numbered in order");
      }
      locals.put(locals.size(), HerdC.locals(thread.group(3), parameters));
    }
    if (!m.group("code").substring(end).isBlank() || locals.isEmpty()) {
      throw new Refused("no thread: " + m.group("code").substring(end).strip());
    }
    for (String entry : entries(m.group("init"))) {
      locations.addAll(List.of(named("(?:int )?(\\w+) ?= ?(-?\\d+|\\w+)", entry)));
    }
    locations.removeIf(word -> word.matches("-?\\d+"));
    for (String atom : atoms(m.group("condition"))) {
      String[] sides = named("(\\d+:\\w+|\\w+)=(-?\\d+|\\w+)", atom);
      value(sides[1], locations);
      String[] register = sides[0].split(":", -1);
      Set<String> of =
          register.length == 1
              ? locations
              : locals.getOrDefault(Integer.parseInt(register[0]), Set.of());
      if (!of.contains(register[register.length - 1])) {
        throw new Refused("nothing is called " + sides[0]);
      }
    }
  }

  private static Set<String> parameters(String list) {
    Set<String> names = new HashSet<>();
    for (String one : list.split(", ?", -1)) {
      Matcher m = PARAMETER.matcher(one);
      if (!m.matches() || !names.add(name(m.group(2)))) {
        throw new Refused("no parameter of a thread: " + one);
      }
    }
    return names;
  }

  // ---- states ----------------------------------------------------------------------------------

  /** {@return the entries of an initial state} */
  static List<String> entries(String init) {
    if (!init.isBlank() && !init.stripTrailing().endsWith(";")) {
      throw new Refused("an initial state that does not end in ;");
    }
    return Stream.of(init.split(";", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  /** {@return what a conjunction says} */
  static List<String> atoms(String condition) {
    return List.of(condition.strip().split("\\s*/\\\\\\s*", -1));
  }

  /** {@return the two sides of an equation, each a number or a name} */
  static String[] named(String form, String entry) {
    Matcher m = Pattern.compile(form).matcher(entry);
    if (!m.matches()) {
      throw new Refused("no equation: " + entry);
    }
    String[] sides = {m.group(1), m.group(2)};
    for (String side : sides) {
      if (!side.matches("-?\\d+|\\d+:.*|\\[.*")) {
        name(side);
      }
    }
    return sides;
  }

  /** Checks that a value is a number, or the address of a location. */
  static void value(String value, Set<String> locations) {
    if (!value.matches("-?\\d+") && !locations.contains(value)) {
      throw new Refused("there is no location " + value);
    }
  }
}
