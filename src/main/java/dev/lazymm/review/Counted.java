package dev.lazymm.review;

import dev.lazymm.count.Count;
import dev.lazymm.count.Episode;

/**
 * What was counted of one design on one architecture.
 *
 * @param episode what was counted
 * @param registered whether its processes are registered for membarrier(2)
 * @param design the lifetime design
 * @param arch the architecture
 * @param count what came out
 */
public record Counted(
    Episode episode, boolean registered, String design, String arch, Count count) {}
