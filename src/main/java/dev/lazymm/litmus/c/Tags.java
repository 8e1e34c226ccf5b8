package dev.lazymm.litmus.c;

import dev.lazymm.litmus.c.Expression.Primitively;
import dev.lazymm.litmus.way.Way;
import java.util.Set;

/**
 * The tags of a read-modify-write's events.
 *
 * @param read of the read part
 * @param write of the write part
 * @param failed of the read of one that does not write
 * @param fence of the fences around one that writes; without tags there are no fences
 */
record Tags(Set<String> read, Set<String> write, Set<String> failed, Set<String> fence) {
  /**
   * {@return those of a primitive}
   *
   * @param separate whether the tool and not the model spells out what a tag means, as it was
   *     before the {@code lkmmv2} variant
   */
  static Tags of(Primitively p, boolean separate) {
    Set<String> given = p.tag() == null ? Set.of() : Set.of(p.tag());
    if (!separate) {
      return new Tags(given, given, given, Set.of());
    }
    Set<String> once = Set.of("once");
    return switch (p.tag()) {
      case null ->
          switch (p.primitive()) {
            case ATOMIC_OP -> new Tags(Set.of("noreturn"), once, once, Set.of());
            case ATOMIC_ADD_UNLESS -> new Tags(once, once, once, Set.of("mb"));
            default -> new Tags(once, once, once, Set.of());
          };
      case "mb" -> new Tags(once, once, once, given);
      case "acquire" -> new Tags(given, once, once, Set.of());
      case "release" -> new Tags(once, given, once, Set.of());
      default -> new Tags(given, given, once, Set.of());
    };
  }

  /** {@return a way, with a fence after it if there is one} */
  Way fenced(Way way, Scope scope) {
    return fence.isEmpty() ? way : Events.fence(way, fence, scope);
  }
}
