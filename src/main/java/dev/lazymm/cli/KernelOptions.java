package dev.lazymm.cli;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.Replayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kernels: {@code --design} and {@code --arch}. */
final class KernelOptions {
  @Option(
      names = "--design",
      split = ",",
      paramLabel = "DESIGN",
      description = "Lifetime designs (default: refcount, no-refcount, shootdown).")
  private List<String> designs = new ArrayList<>();

  @Option(
      names = "--arch",
      split = ",",
      paramLabel = "ARCH",
      description = "Architectures (default: x86-eager, powerpc-hash).")
  private List<String> arches = new ArrayList<>();

  List<Designs.Entry> designs() {
    return designs.isEmpty()
        ? Designs.USUAL
        : Choice.all("design", designs, Designs.ALL, Designs.Entry::name);
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
            "replay does not count what %s costs: nobody borrows, the MMU is switched instead"
                    .formatted(design.name())
                + "%n  ./lazymm check --design %s says whether it is safe"
                    .formatted(design.name()));
      }
    }
    List<Arches.Entry> chosen = new ArrayList<>(arches());
    if (arches.isEmpty() && recorded != null) {
      Arches.find(recorded).filter(a -> !chosen.contains(a)).ifPresent(chosen::add);
    }
    return new Replayer.Options(designs(), chosen, null, null);
  }

  List<Arches.Entry> arches() {
    return arches.isEmpty()
        ? Arches.USUAL
        : Choice.all("architecture", arches, Arches.ALL, Arches.Entry::name);
  }
}
