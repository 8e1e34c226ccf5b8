/**
 * Proofs over every small scenario: all scenarios up to a size, symmetric ones once, each explored
 * exhaustively.
 *
 * <p>Start reading at {@link dev.lazymm.prove.ScenarioSpace}, which says what "all" means and finds
 * them; {@link dev.lazymm.prove.Prover} has them checked, {@link dev.lazymm.prove.Tally} is what a
 * certificate is made of, and {@link dev.lazymm.prove.Checkpoint} lets a run go on after it was
 * cut.
 */
@NullMarked
package dev.lazymm.prove;

import org.jspecify.annotations.NullMarked;
