package dev.lazymm.workload;

import java.util.List;

/**
 * A statement about the state in which an execution ended, every CPU having done all its actions.
 *
 * <p>A pointer is compared as C compares it, by address: if A was freed and its slot is C now, a
 * pointer left behind by A equals both. {@link Freed} knows the difference. A statement about an mm
 * that the execution never made is false.
 */
public sealed interface Condition {
  /** What the current task of a CPU points at, or is. */
  enum Register {
    /** {@code rq->curr}: a task or {@code idle}. */
    CURR("curr"),
    /** {@code current->mm}: an mm or {@code NULL}. */
    MM("mm"),
    /** {@code current->active_mm}: an mm, {@code init} or {@code NULL}. */
    ACTIVE_MM("active_mm"),
    /** What the MMU translates through: an mm or {@code init}. */
    ROOT("root");

    private final String word;

    Register(String word) {
      this.word = word;
    }

    /** {@return how it is spelled after {@code cpuN.}} */
    public String word() {
      return word;
    }
  }

  /** All of two or more. */
  record All(List<Condition> of) implements Condition {
    public All {
      of = several(of);
    }
  }

  /** At least one of two or more. */
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = several(of);
    }
  }

  /** The opposite. */
  record Not(Condition of) implements Condition {}

  /** A register of a CPU has this value: a name, {@code idle}, {@code init} or {@code NULL}. */
  record CpuIs(int cpu, Register register, String value) implements Condition {}

  /** The {@code n}-th load of a CPU, from 1, saw this value; a load that was skipped saw -1. */
  record Loaded(int cpu, int n, long value) implements Condition {}

  /** The {@code n}-th membarrier of a CPU, from 1, returned this: an errno is negative. */
  record Returned(int cpu, int n, long value) implements Condition {}

  /** The CPU's bit in mm_cpumask is set. */
  record InMask(int cpu, String mm) implements Condition {}

  /** mm_count of an mm or {@code init}. */
  record Count(String mm, long value) implements Condition {}

  /** mm_users of an mm or {@code init}. */
  record Users(String mm, long value) implements Condition {}

  /** The mm of this name was freed, whatever its slot is now. */
  record Freed(String mm) implements Condition {}

  /** The last value of a user cell. */
  record CellIs(String cell, long value) implements Condition {}

  private static List<Condition> several(List<Condition> of) {
    if (of.size() < 2) {
      throw new IllegalArgumentException("& and | take two conditions or more");
    }
    return List.copyOf(of);
  }
}
