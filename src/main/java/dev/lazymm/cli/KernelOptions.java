package dev.lazymm.cli;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.replay.Replayer;
import dev.lazymm.review.Commands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kernels: {@code --design} and {@code --arch}. */
final class KernelOptions {
  @Option(
      names = "--design",
      split = ",",
      paramLabel = "DESIGN|FILE",
      description = {
        "Lifetime designs by name, or FILE.java with one of your own",
        "(default: refcount, no-refcount, shootdown)."
      })
  private List<String> designs = new ArrayList<>();

  @Option(
      names = "--arch",
      split = ",",
      paramLabel = "ARCH",
      description = "Architectures (default: x86-eager, powerpc-hash).")
  private List<String> arches = new ArrayList<>();

  @Option(
      names = "--membarrier",
      split = ",",
      paramLabel = "NAME",
      description = "Membarrier designs: merged, conditional, by-state (default: merged).")
  private List<String> membarriers = new ArrayList<>();

  private @Nullable List<Designs.Entry> found;

  /** {@return the designs, the usual ones unless others are named; a file is compiled once} */
  List<Designs.Entry> designs() {
    return designs(Designs.USUAL);
  }

  private List<Designs.Entry> designs(List<Designs.Entry> usual) {
    List<Designs.Entry> all = found;
    if (all == null) {
      all =
          DesignChoice.with(
              membarriers, designs.isEmpty() ? usual : DesignChoice.all(designs));
      found = all;
    }
    return all;
  }

  /** {@return the designs that a review is about: all unless some are named} */
  List<Designs.Entry> reviewed() {
    return designs(Designs.ALL);
  }

  /** {@return the architectures that a review is about: all unless some are named} */
  List<Arches.Entry> reviewedOn() {
    return arches.isEmpty() ? Arches.ALL : arches();
  }

  /**
   * {@return what a review replays: those of the named designs whose costs are counted, the usual
   * ones if there are none}
   */
  Replayer.Options replayedAmongOthers() {
    List<Designs.Entry> counted =
        designs.isEmpty()
            ? List.of()
            : reviewed().stream().filter(Replayer.Options::counts).toList();
    return new Replayer.Options(
        counted.isEmpty() ? Designs.USUAL : counted, arches(), null, null);
  }

  /** {@return what to replay; it may name only designs whose costs replay counts} */
  Replayer.Options replayed() {
    return replayed(null);
  }

  /**
   * {@return what to replay}
   *
   * @param recorded the architecture that was recorded, to be there unless others are named
   */
  Replayer.Options replayed(@Nullable String recorded) {
    for (Designs.Entry design : designs()) {
      if (!Replayer.Options.counts(design)) {
        throw new UserError(
            "replay does not count what %s costs: %s"
                    .formatted(
                        design.name(),
                        design.name().equals(Designs.NO_LAZY)
                            ? "nobody borrows, the MMU is switched instead"
                            : "it knows the costs of lazymm's own designs by their sites")
                + "%n  ./lazymm check %s says whether it is safe"
                    .formatted(Commands.join(List.of("--design", design.spelled()))));
      }
    }
    List<Arches.Entry> chosen = new ArrayList<>(arches());
    if (arches.isEmpty() && recorded != null) {
      Arches.find(recorded).filter(a -> !chosen.contains(a)).ifPresent(chosen::add);
    }
    return new Replayer.Options(designs(), chosen, null, null);
  }

  /** {@return the designs, where the kernel has a bug of the past: the usual ones that had it} */
  List<Designs.Entry> designs(@Nullable PastBug bug) {
    if (bug == null || !designs.isEmpty() || bug.designs().isEmpty()) {
      return designs();
    }
    return DesignChoice.with(
        membarriers, Designs.ALL.stream().filter(d -> bug.designs().contains(d.name())).toList());
  }

  /** {@return the architectures, where the kernel has a bug of the past: those that had it} */
  List<Arches.Entry> arches(@Nullable PastBug bug) {
    return !arches.isEmpty()
        ? HistoryOption.arches(arches)
        : bug == null ? Arches.USUAL : bug.arches();
  }

  List<Arches.Entry> arches() {
    return arches.isEmpty()
        ? Arches.USUAL
        : Choice.all("architecture", arches, Arches.ALL, Arches.Entry::name);
  }
}
