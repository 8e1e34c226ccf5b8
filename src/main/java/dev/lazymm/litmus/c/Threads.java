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
        throw source.error(
            Trees.place(thread), "expected P" + all.size() + ": threads are numbered in order");
      }
      all.add(code(thread));
    }
    return all;
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
