package dev.lazymm.cat;

/**
 * A place in a cat file.
 *
 * @param source the file
 * @param line from 1
 * @param column from 1, in characters
 */
record Place(Source source, int line, int column) {
  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
