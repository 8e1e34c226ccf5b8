package dev.lazymm.litmus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who searches what of one candidate. All workers go through the first decisions of the search,
 * which are the same for all, and each takes the subtrees below that nobody has taken yet.
 */
class Claims {
  /** After how many decisions subtrees are shared out. */
  static final int DEPTH = 2;

  private final Set<Integer> taken = ConcurrentHashMap.newKeySet();

  /** {@return whether a subtree, by its number in the order of the search, is now the caller's} */
  boolean take(int subtree) {
    return taken.add(subtree);
  }
}
