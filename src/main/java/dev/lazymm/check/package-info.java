/**
 * The exhaustive checker: every consistent execution graph of a program, each once, under a memory
 * model (TruSt; Kokologiannakis et al., POPL 2022), and what must hold in each.
 *
 * <p>Start reading at {@link dev.lazymm.check.Explorer}, the search; then {@link
 * dev.lazymm.check.CheckCpu}, which runs kernel code against a graph, and {@link
 * dev.lazymm.check.Revisits}, where the optimality lies. {@link dev.lazymm.check.Checker} puts a
 * design, an architecture and a scenario together and gives the verdict.
 */
@NullMarked
package dev.lazymm.check;

import org.jspecify.annotations.NullMarked;
