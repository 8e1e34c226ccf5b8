package dev.lazymm.export;

import dev.lazymm.check.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names of locations that C, herd and assemblers take for nothing else. */
final class Names {
  /** Words of C, of herd's conditions, of herd's own C, and of assembly. */
  private static final Set<String> TAKEN =
      Set.of(
          ("auto break case char const continue default do double else enum extern float for goto"
                  + " if int long register return short signed sizeof static struct switch typedef"
                  + " union unsigned void volatile while"
                  + " exists forall filter locations not and or with final observed cases fault"
                  + " scopes levels true false lock unlock"
                  + " add xor mov dec inc cmp jmp xchg sp lr pc cs ds es ss fs gs")
              .split(" ", -1));

  private Names() {}

  /**
   * {@return a name for each location: that of the field, and of its owner where that is not it}
   */
  static List<String> of(List<Shape.Location> locations) {
    List<String> fields = locations.stream().map(at -> field(at.name())).toList();
    List<String> names = new ArrayList<>();
    Set<String> used = new TreeSet<>(TAKEN);
    for (int i = 0; i < locations.size(); i++) {
      String field = fields.get(i);
      boolean alone = fields.indexOf(field) == fields.lastIndexOf(field);
      String name = alone ? field : word(locations.get(i).name());
      while (isRegister(name) || !used.add(name)) {
        name += "_";
      }
      names.add(name);
    }
    return names;
  }

  /** A letter and a number is what registers are called, and r0, and P0. */
  private static boolean isRegister(String name) {
    return name.matches("[A-Za-z]{1,3}[0-9]+");
  }

  private static String field(String name) {
    int owner = name.endsWith(")") ? name.indexOf('(') : -1;
    String field = owner > 0 ? name.substring(0, owner) : name;
    return word(field.substring(field.lastIndexOf('.') + 1));
  }

  private static String word(String name) {
    String word = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    return word.isEmpty() || Character.isDigit(word.charAt(0)) ? "at_" + word : word;
  }
}
