package dev.lazymm.prove;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text from which a proof goes on: what was asked, and how far it came. */
public final class Checkpoint {
  /** A text that is no checkpoint, or one of another question; the message says where and why. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String file, int line, String what, String expected) {
      super("%s:%d:1: %s%nexpected %s".formatted(file, line, what, expected));
    }
  }

  private static final String HEAD = "lazymm prove stands here, format 1";
  private static final Pattern DONE = Pattern.compile("done: (\\d+) scenarios for (\\d+)");
  private static final Pattern TALLY =
      Pattern.compile(
          "holds (\\d+) violated (\\d+) inconclusive (\\d+) executions (\\d+) blocked (\\d+)"
              + " events (\\d+) hash ([0-9a-f]{64})");
  private static final Pattern FIRST = Pattern.compile("  first (\\S+) (\\d+) (.*)");

  private Checkpoint() {}

  /** {@return the text} */
  public static String write(Question question, Standings standings) {
    StringBuilder out = new StringBuilder(HEAD).append('\n');
    question.lines().forEach(line -> out.append("asked: ").append(line).append('\n'));
    out.append("done: %d scenarios for %d\n".formatted(standings.scenarios(), standings.weight()));
    for (Tally t : standings.tallies()) {
      out.append(
          "holds %d violated %d inconclusive %d executions %d blocked %d"
              .formatted(t.holds(), t.violated(), t.inconclusive(), t.executions(), t.blocked()));
      out.append(" events %d hash %s\n".formatted(t.events(), t.hash()));
      t.firsts()
          .forEach((name, first) ->
              out.append("  first %s %d %s\n".formatted(name, first.index(), first.what())));
    }
    return out.append("end\n").toString();
  }

  /**
   * {@return where a run stood that was asked the same}
   *
   * @param file how messages name the text
   * @throws Refused if it is no checkpoint, is cut off, or was asked something else
   */
  public static Standings read(String file, String text, Question question) {
    return new Reader(file, text.lines().toList()).read(question);
  }

  private static final class Reader {
    private final String file;
    private final List<String> lines;
    private int next;

    Reader(String file, List<String> lines) {
      this.file = file;
      this.lines = lines;
    }

    Standings read(Question question) {
      exactly(HEAD, "this is not where a proof stands");
      for (String asked : question.lines()) {
        exactly("asked: " + asked, "this proof was asked something else");
      }
      if (peek().startsWith("asked: ")) {
        throw refused("this proof was asked something else", "no more than is asked now");
      }
      Matcher done = match(DONE);
      List<Tally> tallies = new ArrayList<>();
      for (Question.Kernel _ : question.kernels()) {
        tallies.add(tally());
      }
      exactly("end", "the file is cut off or damaged");
      if (next < lines.size()) {
        throw refused("there is more", "nothing after \"end\"");
      }
      long scenarios = number(done, 1);
      if (tallies.stream().anyMatch(t -> t.scenarios() != scenarios)) {
        throw refused("the counts do not add up", "a file that was not edited");
      }
      return new Standings(scenarios, number(done, 2), tallies);
    }

    private Tally tally() {
      Matcher m = match(TALLY);
      long[] counts = new long[7];
      for (int i = 1; i <= 6; i++) {
        counts[i] = number(m, i);
      }
      Map<String, Tally.First> firsts = new LinkedHashMap<>();
      while (peek().startsWith("  first ")) {
        Matcher first = match(FIRST);
        firsts.put(first.group(1), new Tally.First(number(first, 2), first.group(3)));
      }
      return new Tally(
          counts[1],
          counts[2],
          counts[3],
          counts[4],
          counts[5],
          Math.toIntExact(Math.min(counts[6], Integer.MAX_VALUE)),
          m.group(7),
          firsts);
    }

    private String peek() {
      return next < lines.size() ? lines.get(next) : "";
    }

    private void exactly(String expected, String wrong) {
      if (!peek().equals(expected)) {
        throw refused(wrong + ": \"" + peek() + "\"", "\"" + expected + "\"");
      }
      next++;
    }

    private Matcher match(Pattern pattern) {
      Matcher m = pattern.matcher(peek());
      if (!m.matches()) {
        throw refused("the file is cut off or damaged: \"" + peek() + "\"", "counts");
      }
      next++;
      return m;
    }

    private long number(Matcher m, int group) {
      try {
        return Long.parseLong(m.group(group));
      } catch (NumberFormatException e) {
        throw refused("a number is too large: " + m.group(group), "a count");
      }
    }

    private Refused refused(String what, String expected) {
      return new Refused(file, next + 1, what, expected);
    }
  }
}
