package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weakened site is found, or somebody says why not; and nobody says so of one that is. */
@Order(1) // long, so it begins first
class MutationsTest {
  private static final NotCaught WHY =
      new NotCaught("B4", List.of("refcount on powerpc-hash"), List.of("removed"), "so");
  private static final Mutation.Caught CAUGHT =
      new Mutation.Caught("I1", "exit-alone", List.of("sc"), "");

  /** Each design and each architecture once; {@code regressions --mutations} does all four. */
  static Stream<Mutations.Kernel> kernels() {
    return Stream.of(Mutations.KERNELS.get(1), Mutations.KERNELS.get(2));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  @Tag("slow")
  void eachIsCaughtOrExplained(Mutations.Kernel kernel) {
    List<Mutation> all =
        Mutations.of(kernel, Unneeded.ALL, Checks.Options.defaults(), (done, of) -> {});
    assertThat(all).hasSizeGreaterThan(30);
    assertThat(all).filteredOn(m -> !m.isAsExpected() || m.open()).isEmpty();
    assertThat(Unneeded.ALL)
        .filteredOn(why -> why.kernels().contains(kernel.toString()))
        .as("each is about something that is there")
        .filteredOn(why ->
            !why.site().startsWith("ipi-")
                && all.stream().noneMatch(m -> why.equals(m.explained())))
        .isEmpty();
  }

  @Test
  void whatIsNotCaughtWantsAReasonAndWhatIsCaughtHasNone() {
    assertThat(mutation(List.of(), null).isAsExpected()).isFalse();
    assertThat(mutation(List.of(), WHY).isAsExpected()).isTrue();
    assertThat(mutation(List.of(CAUGHT), null).isAsExpected()).isTrue();
    assertThat(mutation(List.of(CAUGHT), WHY).isAsExpected()).isFalse();
  }

  @Test
  void aReasonIsOfOneSiteOfAKernelInAForm() {
    assertThat(WHY.isAbout("refcount on powerpc-hash", "B4", "removed")).isTrue();
    assertThat(WHY.isAbout("refcount on powerpc-hash", "B4", "relaxed")).isFalse();
    assertThat(WHY.isAbout("refcount on powerpc-hash", "B5", "removed")).isFalse();
    assertThat(WHY.isAbout("refcount on x86-eager", "B4", "removed")).isFalse();
  }

  @Test
  void reasonsAreOfKernelsThatAreLookedAt() {
    List<String> kernels = Mutations.KERNELS.stream().map(Mutations.Kernel::toString).toList();
    assertThat(Unneeded.ALL).allSatisfy(why -> assertThat(kernels).containsAll(why.kernels()));
  }

  private static Mutation mutation(List<Mutation.Caught> caught, @Nullable NotCaught why) {
    return new Mutation("refcount on powerpc-hash", "B4", "removed", caught, why, false);
  }
}
