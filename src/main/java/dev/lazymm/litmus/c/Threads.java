package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.grammar.CParser.ThreadContext;
import java.util.ArrayList;
import java.util.List;

/** Reads a test's threads. */
final class Threads {
  /** Far more than any search can deal with. */
  private static final int MOST = 64;

  private final Source source;

  Threads(Source source) {
    this.source = source;
  }

  List<ThreadCode> read() {
    List<ThreadCode> all = new ArrayList<>();
    for (ThreadContext thread : new Trees(source).parser().threads().thread()) {
      String name = thread.ID().getText();
      if (!name.matches("P[0-9]+")) {
        throw source.error(
            Trees.place(thread), "functions are not supported: a thread is called P0, not " + name);
      }
      if (all.size() >= MOST) {
        throw source.error(Trees.place(thread), "more than " + MOST + " threads");
      }
      if (!name.equals("P" + all.size())) {
        String problem =
            number(name) < all.size()
                ? "two threads are called " + name
                : "expected P" + all.size() + ": threads are numbered in order";
        throw source.error(Trees.place(thread), problem);
      }
      all.add(code(thread));
    }
    return all;
  }

  private static long number(String name) {
    return name.length() > 10 ? Long.MAX_VALUE : Long.parseLong(name.substring(1));
  }

  private ThreadCode code(ThreadContext thread) {
    List<String> parameters = new ArrayList<>();
    for (var parameter : thread.param()) {
      String name = parameter.ID().getText();
      if (parameters.contains(name)) {
        throw source.error(Trees.place(parameter), "two parameters are called " + name);
      }
      parameters.add(name);
    }
    var trees = new StatementTrees(source);
    Statement body = trees.block(thread.block());
    return new ThreadCode(parameters, trees.declared(), body);
  }
}
