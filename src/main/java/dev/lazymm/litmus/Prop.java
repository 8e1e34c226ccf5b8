package dev.lazymm.litmus;

import java.util.List;

/** A proposition on the final state of a test. */
public sealed interface Prop {
  /** True. */
  record True() implements Prop {}

  /** All of them; {@code /\}. */
  record And(List<Prop> of) implements Prop {}

  /** At least one; {@code \/}. */
  record Or(List<Prop> of) implements Prop {}

  /** Not so; {@code ~}. */
  record Not(Prop of) implements Prop {}

  /** The first implies the second; {@code =>}. */
  record Implies(Prop first, Prop second) implements Prop {}

  /** Two terms are equal; {@code =}. ({@code !=} is a Not of it.) */
  record Equal(Term left, Term right) implements Prop {}

  /** What is compared. */
  sealed interface Term {}

  /** A register at the end; 0 if the thread never wrote it and it has no initial value. */
  record Register(int thread, String name) implements Term {}

  /** A location at the end. */
  record Location(String name) implements Term {}

  /** A number, or the address of a location. */
  record Literal(long value) implements Term {}
}
