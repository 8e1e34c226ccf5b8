package dev.lazymm.workload;

import dev.lazymm.kernel.MembarrierCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the actions of a CPU line. */
final class ActionParser {
  private static final String A_TASK = "a task: A1 (user task of mm A) or k1 (kernel thread)";
  private static final String A_CHILD = "a user task, as A2";
  private static final String AN_MM = "an mm: one capital letter";
  private static final String A_CELL = "a user cell: one small letter";

  /** The words that begin an action. */
  private enum Verb {
    RUN,
    IDLE,
    EXIT,
    EXEC,
    FORK,
    CLONE,
    USE,
    UNUSE,
    PIN,
    UNPIN,
    GET,
    PUT,
    MUNMAP,
    MPROTECT,
    LEAVE_MM,
    OFFLINE,
    ONLINE,
    UNPLUG,
    PLUG,
    LOAD,
    STORE,
    MEMBARRIER,
    RSEQ_BEGIN,
    RSEQ_END;

    final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private final LineScanner in;
  private final BiConsumer<Integer, Integer> places;
  private int ordinal;

  /**
   * @param places told of each action's ordinal and column
   */
  ActionParser(LineScanner in, BiConsumer<Integer, Integer> places) {
    this.in = in;
    this.places = places;
  }

  /** {@return the words that begin an action} */
  static List<String> words() {
    return Stream.of(Verb.values()).map(v -> v.word).toList();
  }

  /** {@return actions up to the end of the line or the bracket that closes a preemption} */
  List<Action> actions(boolean nested) {
    List<Action> actions = new ArrayList<>();
    do {
      places.accept(ordinal++, in.column());
      Action action = action();
      if (in.sees('[')) {
        if (nested) {
          throw in.error(in.column(), "preemption does not nest", "; or ]");
        }
        action = preempted(action);
      }
      actions.add(action);
    } while (in.takes(';'));
    return actions;
  }

  private Action preempted(Action action) {
    in.expect('[', "[");
    String point = in.word(Names::isPoint, "the name of a preemption point, as exec_mmap");
    in.expect(':', ": after the preemption point");
    List<Action> nested = actions(true);
    in.expect(']', "; and an action, or ] to end the preemption");
    return new Action.Preempted(action, point, nested);
  }

  private Action action() {
    return switch (verb()) {
      case RUN -> new Action.Run(name(Names::isTask, A_TASK));
      case IDLE -> new Action.Idle();
      case EXIT -> new Action.Exit();
      case EXEC -> new Action.Exec(name(Names::isMm, AN_MM));
      case FORK -> new Action.Fork(name(Names::isUserTask, A_CHILD));
      case CLONE -> new Action.Clone(name(Names::isUserTask, A_CHILD));
      case USE -> new Action.Use(name(Names::isMm, AN_MM));
      case UNUSE -> new Action.Unuse();
      case PIN -> new Action.Pin(name(Names::isMm, AN_MM));
      case UNPIN -> new Action.Unpin(name(Names::isMm, AN_MM));
      case GET -> new Action.Get(name(Names::isMm, AN_MM));
      case PUT -> new Action.Put(name(Names::isMm, AN_MM));
      case MUNMAP -> new Action.Munmap();
      case MPROTECT -> new Action.Mprotect();
      case LEAVE_MM -> new Action.LeaveMm();
      case OFFLINE -> new Action.Offline();
      case ONLINE -> new Action.Online();
      case UNPLUG -> new Action.Unplug(in.index("the number of a CPU"));
      case PLUG -> new Action.Plug(in.index("the number of a CPU"));
      case LOAD -> new Action.Load(name(Names::isCell, A_CELL));
      case STORE -> new Action.Store(name(Names::isCell, A_CELL), in.number("the number to store"));
      case MEMBARRIER -> membarrier();
      case RSEQ_BEGIN -> new Action.RseqBegin();
      case RSEQ_END -> new Action.RseqEnd();
    };
  }

  private Action membarrier() {
    MembarrierCommand command = command(in);
    Integer cpu = null;
    if (in.peekWord().equals("cpu")) {
      in.word("cpu");
      cpu = in.index("the number of a CPU");
    }
    return new Action.Membarrier(command, cpu);
  }

  /** {@return the command of membarrier(2) that comes next} */
  static MembarrierCommand command(LineScanner in) {
    List<String> all = Stream.of(MembarrierCommand.values()).map(MembarrierCommand::word).toList();
    String expected = "a command: " + String.join(", ", all);
    int column = in.column();
    String word = in.word(expected);
    return MembarrierCommand.find(word)
        .orElseThrow(() -> {
          String near =
              Suggestion.near(word, all).map(w -> "; did you mean \"" + w + "\"?").orElse("");
          return in.error(column, "membarrier has no command \"" + word + "\"", expected + near);
        });
  }

  private Verb verb() {
    String all = "an action: " + String.join(", ", words());
    int column = in.column();
    String word = in.word(all);
    return Stream.of(Verb.values())
        .filter(v -> v.word.equals(word))
        .findFirst()
        .orElseThrow(() -> {
          String near =
              Suggestion.near(word, words()).map(w -> "; did you mean \"" + w + "\"?").orElse("");
          return in.error(column, "there is no action \"" + word + "\"", all + near);
        });
  }

  private String name(Predicate<String> good, String expected) {
    return in.word(good, expected);
  }
}
