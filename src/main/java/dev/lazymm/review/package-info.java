/**
 * The answers, put together from the machines: many checks at once ({@link
 * dev.lazymm.review.Checks}), published claims held to what is found ({@link
 * dev.lazymm.review.Claims}), a replayed recording ({@link dev.lazymm.review.Recording}) and all of
 * it for every design ({@link dev.lazymm.review.Reviewer}). Values only: how they look is the job
 * of {@code report}, where they come from that of {@code cli}.
 */
@NullMarked
package dev.lazymm.review;

import org.jspecify.annotations.NullMarked;
