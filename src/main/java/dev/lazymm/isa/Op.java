package dev.lazymm.isa;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of what an instruction does. Its parts happen one after the other; only those that touch
 * memory, and fences, are events.
 *
 * <p>Sizes are in bytes. Tags are the names of the sets that the architecture's models know an
 * event by.
 */
public sealed interface Op {
  /** {@code register := value}. */
  record Move(String register, Operand value) implements Op {}

  /**
   * {@code register := condition ? then : otherwise}. That the condition decides does not make the
   * register depend on what it was computed from as an operand would.
   */
  record Select(String register, Operand condition, Operand then, Operand otherwise)
      implements Op {}

  /**
   * Reads memory.
   *
   * @param reserves whether a {@link StoreConditional} may follow
   */
  record Load(String register, Operand address, int size, Set<String> tags, boolean reserves)
      implements Op {
    public Load {
      tags = Set.copyOf(tags);
    }
  }

  /** Writes memory. */
  record Store(Operand address, Operand value, int size, Set<String> tags) implements Op {
    public Store {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * Writes memory if what the last load reserved is there, and may fail even so.
   *
   * @param status the register that tells
   * @param success what it tells after a write
   * @param failure what it tells if nothing was written
   * @param carries whether, if it tells of a write, it depends on that and on what its address does
   */
  record StoreConditional(
      String status,
      long success,
      long failure,
      Operand address,
      Operand value,
      int size,
      Set<String> tags,
      boolean carries)
      implements Op {
    public StoreConditional {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * Reads memory and writes it, as one.
   *
   * @param old the register for what was read, if it is kept
   * @param operator what is written is {@code read operator value}; null if it is the value
   * @param read tags of the read
   * @param write tags of the write; null if the read is also the write, a single event
   */
  record Modify(
      @Nullable String old,
      Operand address,
      @Nullable Operator operator,
      Operand value,
      int size,
      Set<String> read,
      @Nullable Set<String> write)
      implements Op {
    public Modify {
      read = Set.copyOf(read);
      write = write == null ? null : Set.copyOf(write);
    }
  }

  /**
   * Reads memory and, if what it reads is expected, writes it, as one.
   *
   * @param old the register for what was read, if it is kept
   * @param read tags of the read if it writes
   * @param write tags of the write
   * @param failed tags of the read if it does not write
   * @param courses in which ways it may go
   */
  record CompareAndSwap(
      @Nullable String old,
      Operand address,
      Operand expected,
      Operand value,
      int size,
      Set<String> read,
      Set<String> write,
      Set<String> failed,
      List<Course> courses)
      implements Op {
    /** A way that a compare-and-swap may go, where architectures leave it open. */
    public enum Course {
      /** It writes; the old value is that read. */
      SUCCEEDS,
      /** It writes; the old value is that which was expected, and only picked by what was read. */
      SUCCEEDS_AS_EXPECTED,
      /** It does not write. */
      FAILS,
      /** It does not write; the old value is also picked by what was expected. */
      FAILS_BY_COMPARISON,
      /** It writes what it has read. */
      FAILS_AND_WRITES_BACK;

      /** It writes, or does not write. */
      public static final List<Course> SIMPLE = List.of(SUCCEEDS, FAILS);

      /** {@return whether what is read is as expected} */
      public boolean succeeds() {
        return this == SUCCEEDS || this == SUCCEEDS_AS_EXPECTED;
      }
    }

    public CompareAndSwap {
      courses = List.copyOf(courses);
      read = Set.copyOf(read);
      write = Set.copyOf(write);
      failed = Set.copyOf(failed);
    }
  }

  /** Orders. */
  record Fence(Set<String> tags) implements Op {
    public Fence {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * Goes on at a label.
   *
   * @param condition if it is other than 0; always, if it is null
   */
  record Branch(@Nullable Operand condition, String label) implements Op {}
}
