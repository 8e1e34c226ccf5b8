package dev.lazymm.report.html;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of places in one document, each given once. */
final class Anchors {
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");

  private final Set<String> taken = new HashSet<>();

  /** {@return a name of its own that is made of these words} */
  String of(String... words) {
    String wanted = OTHERS.matcher(String.join("-", words)).replaceAll("-");
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }
}
