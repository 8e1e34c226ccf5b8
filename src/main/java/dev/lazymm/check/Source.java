package dev.lazymm.check;

/**
 * A line of the code that was checked.
 *
 * @param type the class that has it, by its full name
 * @param method the method that has it
 * @param file the file's name, without folders
 * @param line counted from 1
 */
public record Source(String type, String method, String file, int line) {
  /** {@return the class without its package: {@code Lifetime}} */
  public String simpleType() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /**
   * {@return the file with the folders that its package makes: {@code dev/lazymm/kernel/Mm.java}}
   */
  public String path() {
    int dot = type.lastIndexOf('.');
    return dot < 0 ? file : type.substring(0, dot).replace('.', '/') + "/" + file;
  }
}
