package dev.lazymm.check;

import dev.lazymm.workload.Laws;
import java.util.List;

/** The invariants by name, the gravest first. */
public final class Invariants {
  /** What is reported of a wait that never ends. */
  public static final String HANG = "HANG";

  /** What is reported of code that fails outright (a NULL dereference, say). */
  public static final String OOPS = "OOPS";

  /** What is reported of a scenario's own condition. */
  public static final String EXISTS = "exists";

  /** What is reported of a scenario's own condition. */
  public static final String NEVER = "never";

  /** What is reported of a scenario's own condition. */
  public static final String ALWAYS = "always";

  static final List<Invariant> ALL =
      List.of(
          new LiveActiveMm(true),
          new NoWalkerOnFreedTables(),
          new SwitchAtomicity(),
          new CountLaw(),
          new FreedOnce(),
          new MaskContract(true),
          new NoStaleTranslation(),
          new TlbGenerations(),
          new RightAddressSpace(),
          new MembarrierLaws(),
          new HotUnplug(),
          new LazyFlag(),
          new ContextLaw(),
          new UseAfterFree(),
          new DataRace(),
          new Warned(),
          new NoStalePointer());

  /** Those that can be judged before an execution has ended. */
  static final List<Invariant> OF_PREFIXES =
      List.of(
          new LiveActiveMm(false),
          new NoWalkerOnFreedTables(),
          new MaskContract(false),
          new NoStaleTranslation(),
          new TlbGenerations(),
          new RightAddressSpace(),
          new ContextLaw(),
          new UseAfterFree(),
          new DataRace(),
          new Warned());

  private Invariants() {}

  /** {@return the names of all that can be reported, the gravest first} */
  public static List<String> names() {
    return Laws.NAMES;
  }

  /** {@return one line about an invariant of the kernel, by name; empty for the others} */
  public static String about(String name) {
    return ALL.stream()
        .filter(i -> i.name().equals(name))
        .map(Invariant::about)
        .findFirst()
        .orElse("");
  }
}
