package dev.lazymm.check;

/** A model that says what another one does, but for what it overrides. */
interface ForwardingModel extends MemoryModel {
  /** {@return the other one} */
  MemoryModel model();

  @Override
  default String name() {
    return model().name();
  }

  @Override
  default boolean isWeak() {
    return model().isWeak();
  }

  @Override
  default boolean isLateLoader() {
    return model().isLateLoader();
  }

  @Override
  default boolean isLockedFull() {
    return model().isLockedFull();
  }

  @Override
  default int earliest(Graph g, int thread, int count, int cell) {
    return model().earliest(g, thread, count, cell);
  }

  @Override
  default boolean isConsistent(Graph g) {
    return model().isConsistent(g);
  }

  @Override
  default boolean mayRead(Graph g, int thread, int cell, int place) {
    return model().mayRead(g, thread, cell, place);
  }

  @Override
  default boolean orders(Graph g, int e, int f) {
    return model().orders(g, e, f);
  }

  @Override
  default void before(Graph g, int thread, int count, int[] before) {
    model().before(g, thread, count, before);
  }
}
