package dev.lazymm.litmus.run;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.CLitmus;

/**
 * What tests are read and judged with.
 *
 * @param name the model as the user named it
 * @param model the model
 * @param c how tests in C are read
 */
public record Tools(String name, Model model, CLitmus.Options c) {
  /** {@return the test in a file} */
  public LitmusTest read(Source source) {
    return CLitmus.parse(source, c);
  }
}
