package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Membarrier;

/**
 * R24: SYNC_CORE before e45cdc71d1fa (v5.11) passes over the caller's own CPU, and does nothing at
 * all for an mm of one user. A sibling that follows the caller there, without a switch of mm, runs
 * what was changed and has not serialized.
 */
public class SyncCoreOfOthers extends Membarrier {
  public SyncCoreOfOthers(Kernel kernel) {
    super(kernel);
  }

  @Override
  protected boolean syncsCaller() {
    return false;
  }
}
