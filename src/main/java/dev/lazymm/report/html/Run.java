package dev.lazymm.report.html;

/**
 * What made a report, and how to make it again.
 *
 * @param version of lazymm, with its git id
 * @param jvm version and vendor of the JVM, operating system, processor architecture
 * @param command the command line, ready to be pasted into a POSIX shell
 */
public record Run(String version, String jvm, String command) {}
