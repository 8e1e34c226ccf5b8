package dev.lazymm.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a recorded schedule would have cost under each design, on each architecture. All numbers are
 * of the window that was asked for.
 *
 * @param events events of the recording, those that say nothing about address spaces included
 * @param cpus the recorded computer's CPUs
 * @param lossy whether the numbers may be off because events or a marker are missing
 * @param unknownMmShare share of the switches, 0 to 1, of which an mm had to be presumed: a task
 *     that neither the task list nor a fork introduced, or what a CPU had borrowed before its first
 *     switch
 * @param exitsWithMm tasks that exited and had an mm (exit_mm)
 * @param mmDeaths mms whose last user went: mm_users from 1 to 0, by exit or exec
 * @param switches the switches by kind
 * @param membarrierCalls calls of membarrier(2) with an expedited command, as far as recorded
 * @param membarrierIpis the IPIs to other CPUs that these calls sent, whatever the design
 * @param designs by the design's name, then by the architecture's, in the order asked for
 */
public record ReplayReport(
    long events,
    int cpus,
    boolean lossy,
    double unknownMmShare,
    long exitsWithMm,
    long mmDeaths,
    Switches switches,
    long membarrierCalls,
    Interval membarrierIpis,
    Map<String, Map<String, Costs>> designs) {

  /** Copies the map and keeps its order. */
  public ReplayReport {
    Map<String, Map<String, Costs>> copy = new LinkedHashMap<>();
    designs.forEach((design, arches) ->
        copy.put(design, Collections.unmodifiableMap(new LinkedHashMap<>(arches))));
    designs = Collections.unmodifiableMap(copy);
  }

  /**
   * A count of which only bounds are known.
   *
   * @param least there were at least so many
   * @param most there were at most so many
   */
  public record Interval(long least, long most) {
    /** Nothing to count. */
    public static final Interval NONE = new Interval(0, 0);
  }

  /**
   * The cases of context_switch. User is a task with an mm, kernel one without: a kernel thread,
   * idle, and a task after its exit_mm. The same mm: {@code prev->active_mm == next->mm}.
   *
   * @param userToKernel a borrow begins
   * @param kernelToUserSameMm a borrow ends, and the task that comes owns what was borrowed
   * @param kernelToUserOtherMm a borrow ends, and the task that comes owns another mm
   * @param kernelToKernel a borrow is handed on
   * @param userToUserSameMm from thread to thread of one process
   * @param userToUserOtherMm from process to process
   */
  public record Switches(
      long userToKernel,
      long kernelToUserSameMm,
      long kernelToUserOtherMm,
      long kernelToKernel,
      long userToUserSameMm,
      long userToUserOtherMm) {
    /** {@return all switches} */
    public long total() {
      return userToKernel
          + kernelToUserSameMm
          + kernelToUserOtherMm
          + kernelToKernel
          + userToUserSameMm
          + userToUserOtherMm;
    }
  }

  /**
   * What one design did on one architecture.
   *
   * @param lazyGrabs atomic increments of mm_count by mmgrab_lazy_tlb, at a switch or in exit_mm; 0
   *     for a design that does not count borrows. Where exit_lazy_flush_tlb moves a borrow to
   *     init_mm, its grab and its drop are left out
   * @param lazyDrops atomic decrements of mm_count by mmdrop_lazy_tlb and mmdrop_lazy_tlb_sched; 0
   *     for a design that does not count borrows
   * @param finalDrops mms freed (__mmdrop)
   * @param fullBarriers smp_mb() where a borrow that is not counted begins or ends; 0 for a design
   *     that counts borrows, whose atomic decrement is the barrier
   * @param shootIpis IPIs that cleanup_lazy_tlbs, or the last mmput under Linus's rule, sent to
   *     other CPUs
   * @param shootHandlers calls of their handlers, that on the dropping CPU itself included
   * @param shootHits of them, how many found the CPU on the dying mm
   * @param exitFlushIpis IPIs that exit_flush_lazy_tlbs sent to other CPUs (powerpc-radix): at
   *     exit_mmap if there is a shootdown, and at a fork, as far as flushes are known
   */
  public record Costs(
      long lazyGrabs,
      long lazyDrops,
      long finalDrops,
      long fullBarriers,
      long shootIpis,
      long shootHandlers,
      long shootHits,
      long exitFlushIpis) {}
}
