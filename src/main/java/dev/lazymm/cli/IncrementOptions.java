package dev.lazymm.cli;

import picocli.CommandLine.Option;

/** How far executions are told apart: {@code --ordered-increments}. */
final class IncrementOptions {
  @Option(
      names = "--ordered-increments",
      description = {
        "Under sc, order increments whose results nobody uses as well:",
        "more executions, of which no more is said.",
      })
  private boolean ordered;

  /** {@return whether increments whose results nobody uses are ordered like all else} */
  boolean ordered() {
    return ordered;
  }
}
