package dev.lazymm.prove;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What may happen in a scenario.
 *
 * @param words at least one, in the order of {@link Word}
 */
public record Vocabulary(List<Word> words) {
  /** What kernel-tla's {@code ctxsw.tla} models. */
  public static final Vocabulary CTXSW =
      new Vocabulary(List.of(Word.RUN, Word.IDLE, Word.EXIT, Word.EXEC, Word.FORK, Word.USE));

  /** All there is but for hotplug and membarrier, which multiply what there is. */
  public static final Vocabulary ALL =
      new Vocabulary(List.copyOf(EnumSet.complementOf(EnumSet.of(Word.MEMBARRIER, Word.UNPLUG))));

  public Vocabulary {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a vocabulary has a word");
    }
    words = List.copyOf(EnumSet.copyOf(words));
  }

  /** {@return the vocabulary of these words, in whatever order} */
  public static Vocabulary of(Collection<Word> words) {
    return new Vocabulary(List.copyOf(Set.copyOf(words)));
  }

  boolean has(Word word) {
    return words.contains(word);
  }

  /** {@return the words, with commas} */
  @Override
  public String toString() {
    return String.join(",", words.stream().map(Word::toString).toList());
  }
}
