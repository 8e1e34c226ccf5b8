package dev.lazymm.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of membarrier(2) (include/uapi/linux/membarrier.h). */
public enum MembarrierCommand {
  QUERY(0),
  GLOBAL(1 << 0),
  GLOBAL_EXPEDITED(1 << 1),
  REGISTER_GLOBAL_EXPEDITED(1 << 2),
  PRIVATE_EXPEDITED(1 << 3),
  REGISTER_PRIVATE_EXPEDITED(1 << 4),
  PRIVATE_EXPEDITED_SYNC_CORE(1 << 5),
  REGISTER_PRIVATE_EXPEDITED_SYNC_CORE(1 << 6),
  PRIVATE_EXPEDITED_RSEQ(1 << 7),
  REGISTER_PRIVATE_EXPEDITED_RSEQ(1 << 8),
  GET_REGISTRATIONS(1 << 9);

  /** The one flag, of PRIVATE_EXPEDITED_RSEQ: on one CPU alone. */
  public static final long FLAG_CPU = 1;

  private static final String REGISTER = "REGISTER_";

  private final long number;
  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  MembarrierCommand(long number) {
    this.number = number;
  }

  /** {@return its number in the system call: a bit, or 0} */
  public long number() {
    return number;
  }

  /** {@return its name in scenarios: {@code register-private-expedited}} */
  public String word() {
    return word;
  }

  /** {@return whether it registers} */
  public boolean registers() {
    return name().startsWith(REGISTER);
  }

  /** {@return the command of that name in scenarios} */
  public static Optional<MembarrierCommand> find(String word) {
    return Stream.of(values()).filter(c -> c.word.equals(word)).findFirst();
  }

  /** {@return the command of that number} */
  public static Optional<MembarrierCommand> numbered(long number) {
    return Stream.of(values()).filter(c -> c.number == number).findFirst();
  }
}
