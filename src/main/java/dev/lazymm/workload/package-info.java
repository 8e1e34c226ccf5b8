/**
 * What the CPUs of a modelled computer are made to do, written down once for all machines.
 *
 * <p>Start reading at {@link dev.lazymm.workload.Action}: everything a CPU can be told to do. A
 * {@link dev.lazymm.workload.Scenario} is one list of actions a CPU with a start and with
 * conditions on how it may end; its text form is what {@link dev.lazymm.workload.ScenarioParser}
 * reads and {@link dev.lazymm.workload.ScenarioLibrary} ships. {@link dev.lazymm.workload.Outline}
 * says what can be known of a scenario without running it, and refuses the senseless. {@link
 * dev.lazymm.workload.Setup} turns one into a program that any machine runs; {@link
 * dev.lazymm.workload.ActionRunner} is the one place where an action becomes calls of the kernel.
 */
@NullMarked
package dev.lazymm.workload;

import org.jspecify.annotations.NullMarked;
