package dev.lazymm.review;

import java.util.List;

/**
 * Why nothing is found where a named site is weakened: its reason is outside of what these kernels
 * and scenarios do, or something else does its work.
 *
 * @param site the site's name
 * @param kernels the kernels of which it is said, as {@code shootdown on powerpc-hash}
 * @param forms the weaker forms of which it is said; empty for all
 * @param why the reason, in a sentence
 */
public record NotCaught(String site, List<String> kernels, List<String> forms, String why) {
  public NotCaught {
    kernels = List.copyOf(kernels);
    forms = List.copyOf(forms);
  }

  /** {@return whether it speaks of this} */
  boolean isAbout(String kernel, String name, String form) {
    return site.equals(name)
        && kernels.contains(kernel)
        && (forms.isEmpty() || forms.contains(form));
  }
}
