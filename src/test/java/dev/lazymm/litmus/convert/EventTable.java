package dev.lazymm.litmus.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an architecture makes of events in C; written apart from the mappings, to check them. */
interface EventTable {
  /** What an access in C is. */
  enum Kind {
    PLAIN,
    /** A read-modify-write that always writes. */
    MODIFY,
    COMPARE,
    UNLESS,
    LOCK,
    TRYLOCK,
    UNLOCK,
    IS_LOCKED
  }

  /** What a read-modify-write is. */
  enum Form {
    /** Two events of one instruction. */
    INSTRUCTION,
    /** One event. */
    UPDATE,
    /** Load and store, with a branch on whether it was stored, which depends on nothing. */
    EXCLUSIVE,
    /** The same; that it was stored depends on the write and on the address. */
    RESERVED,
    /** The same; that it was stored depends on what is stored, and on the address. */
    CONDITIONAL;

    boolean isPair() {
      return this != INSTRUCTION && this != UPDATE;
    }
  }

  /** {@return the tags of a fence; empty if it is none} */
  Set<String> fence(String tag);

  /** {@return what a read-modify-write is} */
  Form form(Kind kind);

  /** {@return whether add_unless() is a read, and then a comparison with what that returned} */
  default boolean readsFirst() {
    return false;
  }

  Set<String> read(Kind kind, Set<String> tags);

  Set<String> write(Kind kind, Set<String> tags);

  /** {@return the fence before an access; empty if there is none} */
  default Set<String> before(Kind kind, Set<String> tags) {
    return Set.of();
  }

  /** {@return the fence after an access that has written, or need not; empty if there is none} */
  default Set<String> after(Kind kind, Set<String> tags) {
    return Set.of();
  }

  private static boolean acquires(Set<String> tags) {
    return tags.contains("ACQUIRE") || tags.contains("MB");
  }

  private static boolean releases(Set<String> tags) {
    return tags.contains("RELEASE") || tags.contains("MB");
  }

  private static Set<String> with(String tag, boolean more, String other) {
    return more ? Set.of(tag, other) : Set.of(tag);
  }

  /** {@return by annotation: before whatever a release is after} */
  private static Set<String> order(
      Set<String> tags, Set<String> full, Set<String> light, String annotation) {
    return tags.contains("MB") ? full : tags.contains(annotation) ? light : Set.of();
  }

  /** arm64 with LSE. */
  final class AArch64 implements EventTable {
    private final boolean pairs;

    /**
     * A table.
     *
     * @param pairs whether it is without LSE
     */
    AArch64(boolean pairs) {
      this.pairs = pairs;
    }

    @Override
    public Set<String> fence(String tag) {
      return switch (tag) {
        case "MB", "before-atomic", "after-atomic", "after-spinlock" -> Set.of("DMB.ISH", "FULL");
        case "rmb" -> Set.of("DMB.ISHLD", "LOADS");
        case "wmb" -> Set.of("DMB.ISHST", "STORES");
        default -> Set.of();
      };
    }

    @Override
    public Form form(Kind kind) {
      return pairs ? Form.EXCLUSIVE : Form.INSTRUCTION;
    }

    @Override
    public boolean readsFirst() {
      return true;
    }

    @Override
    public Set<String> read(Kind kind, Set<String> tags) {
      if (kind == Kind.PLAIN || kind == Kind.IS_LOCKED) {
        return tags.contains("ACQUIRE") ? Set.of("A") : Set.of();
      }
      if (pairs) {
        return with("X", tags.contains("ACQUIRE"), "A");
      }
      return tags.contains("NORETURN") ? Set.of("NoRet") : with("X", acquires(tags), "A");
    }

    @Override
    public Set<String> write(Kind kind, Set<String> tags) {
      if (kind == Kind.PLAIN || kind == Kind.UNLOCK) {
        return tags.contains("RELEASE") ? Set.of("L") : Set.of();
      }
      return with("X", releases(tags), "L");
    }

    @Override
    public Set<String> after(Kind kind, Set<String> tags) {
      boolean atomic = kind != Kind.PLAIN && kind != Kind.IS_LOCKED && kind != Kind.UNLOCK;
      return pairs && atomic && tags.contains("MB") ? fence("MB") : Set.of();
    }
  }

  /** x86, where all that is locked is a fence. */
  final class X86 implements EventTable {
    @Override
    public Set<String> fence(String tag) {
      return tag.equals("MB") ? Set.of("MFENCE") : Set.of();
    }

    @Override
    public Form form(Kind kind) {
      return Form.INSTRUCTION;
    }

    @Override
    public boolean readsFirst() {
      return true;
    }

    @Override
    public Set<String> read(Kind kind, Set<String> tags) {
      return kind == Kind.PLAIN || kind == Kind.IS_LOCKED ? Set.of() : Set.of("X");
    }

    @Override
    public Set<String> write(Kind kind, Set<String> tags) {
      return kind == Kind.PLAIN || kind == Kind.UNLOCK ? Set.of() : Set.of("X");
    }
  }

  /** powerpc of 64 bits. */
  final class Ppc implements EventTable {
    private static final Set<String> SYNC = Set.of("SYNC");
    private static final Set<String> LWSYNC = Set.of("LWSYNC");

    private final Set<String> acquire;

    /**
     * A table.
     *
     * @param acquire the fence after an atomic that acquires
     */
    Ppc(String acquire) {
      this.acquire = Set.of(acquire);
    }

    @Override
    public Set<String> fence(String tag) {
      return switch (tag) {
        case "MB", "before-atomic", "after-atomic", "after-spinlock", "after-unlock-lock" -> SYNC;
        case "rmb", "wmb" -> LWSYNC;
        default -> Set.of();
      };
    }

    @Override
    public Form form(Kind kind) {
      return Form.CONDITIONAL;
    }

    @Override
    public Set<String> read(Kind kind, Set<String> tags) {
      return kind == Kind.PLAIN || kind == Kind.IS_LOCKED ? Set.of() : Set.of("X");
    }

    @Override
    public Set<String> write(Kind kind, Set<String> tags) {
      return kind == Kind.PLAIN || kind == Kind.UNLOCK ? Set.of() : Set.of("X");
    }

    @Override
    public Set<String> before(Kind kind, Set<String> tags) {
      return kind == Kind.IS_LOCKED ? SYNC : order(tags, SYNC, LWSYNC, "RELEASE");
    }

    @Override
    public Set<String> after(Kind kind, Set<String> tags) {
      return order(tags, SYNC, kind == Kind.PLAIN ? LWSYNC : acquire, "ACQUIRE");
    }
  }

  /** RISC-V. */
  final class RiscV implements EventTable {
    private final boolean pairs;

    /**
     * A table.
     *
     * @param pairs whether it is without AMOs and with locks that only acquire
     */
    RiscV(boolean pairs) {
      this.pairs = pairs;
    }

    @Override
    public Set<String> fence(String tag) {
      return switch (tag) {
        case "MB", "before-atomic", "after-atomic", "after-spinlock" -> Set.of("Fence.rw.rw");
        case "after-unlock-lock" -> pairs ? Set.of("Fence.rw.rw") : Set.of();
        case "rmb" -> Set.of("Fence.r.r");
        case "wmb" -> Set.of("Fence.w.w");
        default -> Set.of();
      };
    }

    @Override
    public Form form(Kind kind) {
      return pairs || (kind != Kind.MODIFY && kind != Kind.LOCK) ? Form.RESERVED : Form.UPDATE;
    }

    /** The locks of the kernel's first choice are fully ordered. */
    private Set<String> strict(Kind kind, Set<String> tags) {
      return !pairs && (kind == Kind.LOCK || kind == Kind.TRYLOCK) ? Set.of("MB") : tags;
    }

    @Override
    public Set<String> read(Kind kind, Set<String> tags) {
      if (kind == Kind.PLAIN || kind == Kind.IS_LOCKED) {
        return Set.of();
      }
      Set<String> all = new HashSet<>(Set.of("X"));
      if (form(kind) == Form.UPDATE) {
        all.add("AMO");
        if (strict(kind, tags).contains("MB")) {
          all.add("AcqRel");
        }
      }
      return all;
    }

    @Override
    public Set<String> write(Kind kind, Set<String> tags) {
      return kind == Kind.PLAIN || kind == Kind.UNLOCK
          ? Set.of()
          : with("X", strict(kind, tags).contains("MB"), "Rel");
    }

    @Override
    public Set<String> before(Kind kind, Set<String> tags) {
      return order(tags, Set.of(), Set.of("Fence.rw.w"), "RELEASE");
    }

    @Override
    public Set<String> after(Kind kind, Set<String> tags) {
      Set<String> full = form(kind) == Form.UPDATE ? Set.of() : Set.of("Fence.rw.rw");
      return order(strict(kind, tags), full, Set.of("Fence.r.rw"), "ACQUIRE");
    }
  }

  /** All, by their mappings. */
  List<String> MAPPINGS =
      List.of("aarch64", "aarch64-llsc", "ppc", "ppc-isync", "riscv", "riscv-llsc", "x86");

  /** {@return that of a mapping} */
  static EventTable of(String mapping) {
    return switch (mapping) {
      case "aarch64" -> new AArch64(false);
      case "aarch64-llsc" -> new AArch64(true);
      case "ppc" -> new Ppc("LWSYNC");
      case "ppc-isync" -> new Ppc("ISYNC");
      case "riscv" -> new RiscV(false);
      case "riscv-llsc" -> new RiscV(true);
      case "x86" -> new X86();
      default -> throw new IllegalArgumentException(mapping);
    };
  }
}
