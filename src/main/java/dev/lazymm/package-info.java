/**
 * A laboratory for lazy TLB: how long an address space lives while idle CPUs and kernel threads
 * still borrow it, who may free it, and which memory barriers that costs.
 *
 * <table>
 *   <caption>The packages, from the top down; arrows go down only</caption>
 *   <tr><th>package</th><th>job</th><th>start reading at</th></tr>
 *   <tr><td>cli</td><td>the verbs</td><td>{@code Main}</td></tr>
 *   <tr><td>report</td><td>text, JSON, pictures</td><td>{@code ExecutionPicture}</td></tr>
 *   <tr><td>review</td><td>claims, regressions, reviews</td><td>{@code Claims}</td></tr>
 *   <tr><td>prove</td><td>all small scenarios</td><td>{@code ScenarioSpace}</td></tr>
 *   <tr><td>barriers</td><td>which sites are needed</td><td>{@code Question}</td></tr>
 *   <tr><td>export</td><td>harms as litmus tests</td><td>{@code Exporter}</td></tr>
 *   <tr><td>check</td><td>every execution, each once</td><td>{@code Explorer}</td></tr>
 *   <tr><td>simulate</td><td>CPUs and caches with time</td><td>{@code Simulator}</td></tr>
 *   <tr><td>replay</td><td>recorded schedules</td><td>{@code Replayer}</td></tr>
 *   <tr><td>count</td><td>what an idle round trip costs</td><td>{@code Episode}</td></tr>
 *   <tr><td>live</td><td>real threads</td><td>{@code Live}</td></tr>
 *   <tr><td>design</td><td>a design of one's own</td><td>{@code OwnDesign}</td></tr>
 *   <tr><td>litmus</td><td>litmus tests</td><td>{@code LitmusTest}</td></tr>
 *   <tr><td>cat</td><td>memory models</td><td>{@code Model}</td></tr>
 *   <tr><td>mapping</td><td>primitives as instructions</td><td>{@code Mapping}</td></tr>
 *   <tr><td>isa</td><td>instruction sets</td><td>{@code Isa}</td></tr>
 *   <tr><td>cost</td><td>what machines are like</td><td>{@code MachineModel}</td></tr>
 *   <tr><td>trace</td><td>readers of recordings</td><td>{@code FtraceTextReader}</td></tr>
 *   <tr><td>workload</td><td>scenarios</td><td>{@code Scenario}</td></tr>
 *   <tr><td>kernel</td><td>the subsystem under study</td><td>{@code Scheduler}</td></tr>
 *   <tr><td>machine</td><td>what kernel code needs</td><td>{@code Cpu}</td></tr>
 * </table>
 */
@NullMarked
package dev.lazymm;

import org.jspecify.annotations.NullMarked;
