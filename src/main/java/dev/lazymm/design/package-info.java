/**
 * A lifetime design of one's own, from a Java file: read, compiled in process, inspected, loaded,
 * and guarded while it runs.
 *
 * <p>Start reading at {@link dev.lazymm.design.OwnDesign}. A verdict is only as good as the promise
 * that design code keeps no state outside cells, does the same when it is run again, and comes back
 * to the machine. {@code Inspection} reads that off the class files; {@code Guard} watches it at
 * run time, and does not rely on the inspection.
 *
 * <p>This package sees {@code kernel} and {@code machine}.
 */
@NullMarked
package dev.lazymm.design;

import org.jspecify.annotations.NullMarked;
