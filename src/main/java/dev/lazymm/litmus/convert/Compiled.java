package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.c.Statement;
import java.util.List;
import java.util.Map;

/**
 * A thread in assembly.
 *
 * @param lines its instructions and labels
 * @param places the statement of the test that each of them comes from
 * @param names the register of each of its names in C
 * @param init what is in registers at the start, as a test says it
 * @param success the register that is 1 at the end if no attempt failed; empty if nothing is tried
 */
record Compiled(
    List<String> lines,
    List<Statement.At> places,
    Map<String, String> names,
    List<String> init,
    String success) {}
