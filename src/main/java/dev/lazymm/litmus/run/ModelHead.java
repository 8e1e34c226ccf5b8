package dev.lazymm.litmus.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a model's file begins: many with the language that they are for, as {@code PPC}. */
final class ModelHead {
  private static final Pattern FIRST =
      Pattern.compile("\\A(?:\\s|\\(\\*(?s:.)*?\\*\\))*+(\\w+)(?=\\s|$)");

  private ModelHead() {}

  /** {@return the language that a model names first, after comments; empty if it names none} */
  static Optional<Language> language(String model) {
    Matcher first = FIRST.matcher(model);
    return first.find() ? Language.find(first.group(1)) : Optional.empty();
  }
}
