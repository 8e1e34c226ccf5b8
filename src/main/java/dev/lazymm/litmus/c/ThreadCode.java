package dev.lazymm.litmus.c;

import java.util.List;
import java.util.Set;

/**
 * The code of a thread.
 *
 * @param parameters the locations that it names
 * @param locals what it declares
 */
public record ThreadCode(List<String> parameters, Set<String> locals, Statement body) {
  public ThreadCode {
    parameters = List.copyOf(parameters);
    locals = Set.copyOf(locals);
  }
}
