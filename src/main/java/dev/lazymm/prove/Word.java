package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import java.util.Arrays;
import java.util.Optional;

/**
 * One word of a {@link Vocabulary}: an action, or the two of a pair of which neither makes sense
 * without the other.
 */
public enum Word {
  RUN("run", "switch"),
  IDLE("idle", "idle"),
  EXIT("exit", "exit"),
  EXEC("exec", "exec"),
  FORK("fork", "fork"),
  CLONE("clone", "clone"),
  USE("use", "unuse"),
  PIN("pin", "unpin"),
  GET("get", "put"),
  MUNMAP("munmap", "munmap"),
  MPROTECT("mprotect", "mprotect"),
  LEAVE_MM("leave-mm", "leave-mm"),
  LOAD("load", "load"),
  STORE("store", "store"),
  UNPLUG("unplug", "plug"),
  PREEMPTED("preempted", "preempted"),
  MEMBARRIER("membarrier", "membarrier");

  private final String text;
  private final String other;

  Word(String text, String other) {
    this.text = text;
    this.other = other;
  }

  /** {@return the word of that spelling; a pair goes by either, {@code run} by {@code switch}} */
  public static Optional<Word> find(String text) {
    return Arrays.stream(values())
        .filter(w -> w.text.equals(text) || w.other.equals(text))
        .findFirst();
  }

  /** {@return the word that an action belongs to} */
  static Word of(Action action) {
    return switch (action) {
      case Action.Run _ -> RUN;
      case Action.Idle _ -> IDLE;
      case Action.Exit _ -> EXIT;
      case Action.Exec _ -> EXEC;
      case Action.Fork _ -> FORK;
      case Action.Clone _ -> CLONE;
      case Action.Use _, Action.Unuse _ -> USE;
      case Action.Pin _, Action.Unpin _ -> PIN;
      case Action.Get _, Action.Put _ -> GET;
      case Action.Munmap _ -> MUNMAP;
      case Action.Mprotect _ -> MPROTECT;
      case Action.LeaveMm _ -> LEAVE_MM;
      case Action.Offline _, Action.Online _, Action.Unplug _, Action.Plug _ -> UNPLUG;
      case Action.Load _ -> LOAD;
      case Action.Store _ -> STORE;
      case Action.Preempted _ -> PREEMPTED;
      case Action.Membarrier _ -> MEMBARRIER;
      case Action.RseqBegin _, Action.RseqEnd _ ->
          throw new IllegalArgumentException("no word of a vocabulary");
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
