package dev.lazymm.litmus.convert;

/** What an instruction computes with. */
sealed interface Arg {
  /** A register, by the name that it has in reports. */
  record Register(String name) implements Arg {}

  /** A number. */
  record Constant(long number) implements Arg {}

  /** The address of a location that no register holds. */
  record Location(String name) implements Arg {}
}
