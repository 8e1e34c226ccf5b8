package dev.lazymm.check;

import java.util.Optional;

/**
 * I1+, which no kernel needs to be safe: whoever neither runs nor owns an mm has no active_mm
 * either. What a sleeper keeps there is of no use and may be freed at any time; a reader who takes
 * it for a borrow is lost. Judged at the end, idle tasks included.
 */
final class NoStalePointer implements Invariant {
  @Override
  public String name() {
    return "I1+";
  }

  @Override
  public String about() {
    return "no stale pointer: who neither runs nor owns an mm has no active_mm";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    return CountLaw.ended(x, x.endLaws().noStalePointer());
  }
}
