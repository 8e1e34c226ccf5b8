package dev.lazymm.litmus.c;

import java.util.List;

/** A definition: {@code NAME(parameters) expression} or {@code NAME(parameters) { statements }}. */
public sealed interface Macro {
  /** {@return the names of its parameters} */
  List<String> parameters();

  /** One with a value. */
  record Valued(List<String> parameters, Expression body) implements Macro {}

  /** One without. */
  record Unvalued(List<String> parameters, Statement body) implements Macro {}
}
