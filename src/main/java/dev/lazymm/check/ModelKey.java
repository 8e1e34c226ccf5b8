package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansion;
import java.util.Arrays;

/**
 * All that a model is told of {@link ModelEvents}, but for values, which the models that judge
 * kernel code do not ask for. Two that are equal are judged alike. Locations are told apart and not
 * named: each has the number of its first event's turn. No number comes near {@link
 * Character#MAX_VALUE}.
 *
 * @param all what is told, in a form of its own
 * @param hash of that
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are its own
record ModelKey(char[] all, int hash) {
  /** {@return the key of some events} */
  @SuppressWarnings("EnumOrdinal") // a number in a key
  static ModelKey of(ModelEvents x) {
    int orders = x.co.stream().mapToInt(order -> order.length + 1).sum();
    char[] all = new char[x.from.length + 4 * x.size + orders + 3 * x.dependencies.size()];
    int n = 0;
    for (int f : x.from) {
      all[n++] = (char) f;
    }
    int[] names = new int[x.locations()];
    int named = 0;
    for (int e = 0; e < x.size; e++) {
      Expansion of = x.expansion[e];
      int at = x.location[e];
      if (at >= 0 && names[at] == 0) {
        names[at] = ++named;
      }
      all[n++] = (char) (of == null ? -1 : of.number());
      all[n++] = (char) x.part[e];
      all[n++] = (char) (at < 0 ? 0 : names[at]);
      all[n++] = (char) x.rf[e];
    }
    for (int[] order : x.co) {
      all[n++] = Character.MAX_VALUE - 1;
      for (int w : order) {
        all[n++] = (char) w;
      }
    }
    for (ModelEvents.Named each : x.dependencies) {
      all[n++] = (char) (-3 - each.kind().ordinal());
      all[n++] = (char) each.on();
      all[n++] = (char) each.to();
    }
    return new ModelKey(all, Arrays.hashCode(all));
  }

  /** {@return about how much memory this takes, in bytes} */
  long bytes() {
    return (long) Character.BYTES * all.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelKey key && hash == key.hash && Arrays.equals(all, key.all);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
