package dev.lazymm.workload;

/**
 * A part of a scenario that something is wrong with; the parser knows which line it came from.
 *
 * @param part what kind of part
 * @param index the number of the CPU, of the reference or of the expectation
 * @param ordinal of an action: its number on its CPU, nested ones counted where they stand; of a
 *     condition: the number of the atom in its expectation
 */
record Place(Part part, int index, int ordinal) {
  enum Part {
    RUNNING,
    ACTION,
    REFERENCE,
    REGISTRATION,
    ATOM
  }

  static Place running(int cpu) {
    return new Place(Part.RUNNING, cpu, 0);
  }

  static Place action(int cpu, int ordinal) {
    return new Place(Part.ACTION, cpu, ordinal);
  }

  static Place reference(int index) {
    return new Place(Part.REFERENCE, index, 0);
  }

  static Place registration(int index) {
    return new Place(Part.REGISTRATION, index, 0);
  }

  static Place atom(int expectation, int ordinal) {
    return new Place(Part.ATOM, expectation, ordinal);
  }

  @Override
  public String toString() {
    return switch (part) {
      case RUNNING -> "cpu " + index + ", at the start";
      case ACTION -> "cpu " + index + ", action " + (ordinal + 1);
      case REFERENCE -> "start " + (index + 1);
      case REGISTRATION -> "registration " + (index + 1);
      case ATOM -> "condition " + (index + 1);
    };
  }
}
