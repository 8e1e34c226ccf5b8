package dev.lazymm.litmus;

/** What an event does; by the names that herd's models give to the sets of them. */
public enum Action {
  /** R: reads memory. */
  READ,
  /** W: writes memory. */
  WRITE,
  /** F: a fence, or what models treat as one, such as rcu_read_lock(). */
  FENCE,
  /** What is inside a processor: an access to a register, a branch. */
  INTERNAL,
  /** SRCU: synchronize_srcu(), a fence with a location. */
  SRCU,
  /** LKR: the read part of a spin_lock() or successful spin_trylock(). */
  LOCK_READ,
  /** LKW: the write part of it, which follows it. */
  LOCK_WRITE,
  /** UL: spin_unlock(). */
  UNLOCK,
  /** LF: a failed spin_trylock(). */
  LOCK_FAIL,
  /** RL: a spin_is_locked() that returns true. */
  READ_LOCKED,
  /** RU: a spin_is_locked() that returns false. */
  READ_UNLOCKED
}
