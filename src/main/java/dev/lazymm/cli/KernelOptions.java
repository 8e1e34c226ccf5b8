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
      description = "Architectures (default: all).")
  private List<String> arches = new ArrayList<>();

  private @Nullable List<Designs.Entry> found;

  /** {@return the designs; a file is compiled once} */
  List<Designs.Entry> designs() {
    if (found == null) {
      found = designs.isEmpty() ? Designs.USUAL : DesignChoice.all(designs);
    }
    return found;
  }

  /** {@return what to replay; it may name only designs whose costs replay counts} */
  Replayer.Options replayed() {
    for (Designs.Entry design : designs()) {
      if (!Replayer.Options.counts(design)) {
        throw new UserError(
            "replay does not count what %s costs: %s"
                    .formatted(
                        design.name(),
                        design.name().equals(Designs.NO_LAZY)
                            ? "nobody borrows, the MMU is switched instead"
                            : "it knows the costs of lazymm's own designs by their sites")
                + "%n  ./lazymm check --design %s says whether it is safe"
                    .formatted(design.spelled()));
      }
    }
    return new Replayer.Options(designs(), arches(), null, null);
  }

  List<Arches.Entry> arches() {
    return arches.isEmpty()
        ? Arches.ALL
        : Choice.all("architecture", arches, Arches.ALL, Arches.Entry::name);
  }
}
