package dev.lazymm.machine;

/** A spin lock: 0 free, 1 held. Only {@link Cpu#lock} and {@link Cpu#unlock} touch its cell. */
public record Lock(Cell cell) {
  @Override
  public String toString() {
    return cell.toString();
  }
}
