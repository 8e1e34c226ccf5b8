package dev.lazymm.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The assembly that herd7 7.58 reads, as far as we write it: not all that an assembler does. On x86
 * it has no {@code xadd}, no {@code sub} and no {@code and}, and {@code cmpxchg} has its memory
 * first; on arm64 conditions are not in capitals behind {@code b.}; on POWER there is no {@code
 * ldarx}.
 *
 * @param register as its name is in states
 * @param instruction what it reads; {@code L} is a label, {@code X} a location
 */
record HerdAssembly(Pattern register, Pattern instruction) {
  private static final Pattern LABEL = Pattern.compile("\\bLC\\d+");

  /** A location that an instruction of x86 names. */
  private static final Pattern NAMED = Pattern.compile("\\(([A-Za-z]\\w*)\\)");

  private static final String X86_REGISTER = "%(?:[re](?:[abcd]x|[sd]i|bp)|r\\d+d?)";

  static HerdAssembly of(String arch) {
    return switch (arch) {
      case "X86_64" ->
          of(
              "r(?:[abcd]x|[sd]i|bp|\\d+)",
              "mov[lq] (?:\\$-?\\d+|R|\\(X\\)|\\(R\\)),R|mov[lq]"
                  + " (?:\\$-?\\d+|R),(?:\\(X\\)|\\(R\\))|(?:add|or|xor)[lq]"
                  + " (?:\\$-?\\d+|R),R|cmp[lq] (?:\\$-?\\d+|R),R|lock addl? R,\\(X\\)|lock addq"
                  + " R,\\(X\\)|xchg[lq] R,\\(X\\)|lock cmpxchg[lq] \\(X\\),R|mfence|j(?:e|ne|mp)"
                  + " L",
              X86_REGISTER);
      case "AArch64" ->
          of(
              "X\\d+",
              "mov R,(?:#\\d+|R)|(?:ldr|ldar|ldapr|str|stlr) R,\\[R\\]|dmb ish(?:ld|st)?"
                  + "|cmp R,(?:#\\d+|R)|b\\.(?:eq|ne|lt|le|gt|ge) L|cbn?z R,L|b L|neg R,R"
                  + "|(?:add|sub|eor|and|orr) R,R,(?:#\\d+|R)|stadd R,\\[R\\]"
                  + "|(?:cas|swp|ldadd)(?:a|l|al)? R,R,\\[R\\]",
              "[WX]\\d+");
      case "PPC" ->
          of(
              "r\\d+",
              "li R,-?\\d+|(?:lwz|stw|ld|std) R,0\\(R\\)|sync|lwsync|isync|(?:lwarx|stwcx\\.)"
                  + " R,r0,R|(?:add|subf|xor|or) R,R,R|addi R,R,-?\\d+|cmpwi R,-?\\d+|cmpw R,R|mr"
                  + " R,R|b(?:eq|ne)? L",
              "r\\d+");
      case "RISCV" ->
          of(
              "x\\d+",
              "(?:ori|addi|xori) R,R,-?\\d+|(?:lw|sw|ld|sd) R,0\\(R\\)|fence"
                  + " r?w?,r?w?|amo(?:add|swap)\\.[wd](?:\\.aq)?(?:\\.rl)?"
                  + " R,R,\\(R\\)|(?:lr\\.[wd](?:\\.aq)?(?:\\.rl)?"
                  + " R,\\(R\\))|sc\\.[wd](?:\\.aq)?(?:\\.rl)? R,R,\\(R\\)|b(?:eq|ne)"
                  + " R,R,L|(?:add|sub|xor|or|and) R,R,R|j L",
              "x\\d+");
      default -> throw new HerdGrammar.Refused("herd knows no " + arch);
    };
  }

  private static HerdAssembly of(String register, String instruction, String written) {
    return new HerdAssembly(
        Pattern.compile(register),
        Pattern.compile(
            instruction
                .replace("X", "(?:[A-Za-z]\\w*)")
                .replace("L", "LC\\d+")
                .replace("R", "(?:" + written + ")")));
  }

  /**
   * Throws if herd would not read these parts of a test.
   *
   * @param filter a condition; null if there is none
   */
  void read(String init, String code, @Nullable String filter, String condition) {
    Set<String> locations = new HashSet<>();
    for (String entry : HerdGrammar.entries(init)) {
      if (entry.matches("(int64_t )?[A-Za-z]\\w*")) {
        locations.add(HerdGrammar.name(entry.replace("int64_t ", "")));
      } else {
        String[] sides =
            HerdGrammar.named("(\\d+:\\w+|\\w+)=(-?\\d+|\\w+)", entry.replace("int64_t ", ""));
        register(sides[0], locations);
        if (!sides[1].matches("-?\\d+")) {
          locations.add(sides[1]);
        }
      }
    }
    int threads = table(code, locations);
    for (String all : filter == null ? List.of(condition) : List.of(filter, condition)) {
      for (String atom : HerdGrammar.atoms(all)) {
        String[] sides = HerdGrammar.named("(\\d+:\\w+|\\[\\w+\\])=(-?\\d+|\\w+)", atom);
        HerdGrammar.value(sides[1], locations);
        if (sides[0].startsWith("[")) {
          HerdGrammar.value(sides[0].substring(1, sides[0].length() - 1), locations);
        } else if (register(sides[0], locations) >= threads) {
          throw new HerdGrammar.Refused("there is no thread of " + sides[0]);
        }
      }
    }
  }

  /** {@return the thread of a register; what is none is a location} */
  private int register(String side, Set<String> locations) {
    String[] parts = side.split(":", -1);
    if (parts.length == 1) {
      locations.add(side);
      return -1;
    }
    if (!register.matcher(parts[1]).matches()) {
      throw new HerdGrammar.Refused("no register: " + side);
    }
    return Integer.parseInt(parts[0]);
  }

  /** {@return how many threads there are} */
  private int table(String code, Set<String> locations) {
    int threads = 0;
    List<Set<String>> labels = new ArrayList<>();
    List<Set<String>> targets = new ArrayList<>();
    for (String row : code.strip().split("\n", -1)) {
      if (!row.endsWith(" ;")) {
        throw new HerdGrammar.Refused("a row that does not end in ;");
      }
      String[] cells = row.substring(0, row.length() - 1).split("\\|", -1);
      if (threads == 0) {
        threads = cells.length;
        for (int t = 0; t < threads; t++) {
          labels.add(new HashSet<>());
          targets.add(new HashSet<>());
          if (!cells[t].strip().equals("P" + t)) {
            throw new HerdGrammar.Refused("threads are not numbered in order");
          }
        }
      } else if (cells.length != threads) {
        throw new HerdGrammar.Refused("a row of %d columns".formatted(cells.length));
      } else {
        for (int t = 0; t < threads; t++) {
          cell(cells[t].strip(), labels.get(t), targets.get(t), locations);
        }
      }
    }
    for (int t = 0; t < threads; t++) {
      if (!labels.get(t).containsAll(targets.get(t))) {
        throw new HerdGrammar.Refused("a jump to a label that is not there");
      }
    }
    return threads;
  }

  private void cell(String cell, Set<String> labels, Set<String> targets, Set<String> locations) {
    if (cell.endsWith(":")) {
      labels.add(cell.substring(0, cell.length() - 1));
    } else if (!cell.isEmpty() && !instruction.matcher(cell).matches()) {
      throw new HerdGrammar.Refused("no instruction of herd's: " + cell);
    } else {
      LABEL.matcher(cell).results().forEach(m -> targets.add(m.group()));
      NAMED.matcher(cell).results().forEach(m -> locations.add(m.group(1)));
    }
  }
}
