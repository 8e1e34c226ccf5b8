package dev.lazymm.cli;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One kernel: a design on an architecture. */
final class OneKernel {
  @Option(
      names = "--design",
      required = true,
      paramLabel = "DESIGN|FILE",
      description = "The lifetime design, or FILE.java with one of your own.")
  private String design = "";

  @Option(
      names = "--membarrier",
      paramLabel = "NAME",
      description = "The membarrier design: merged or conditional (default: merged).")
  private @Nullable String membarrier;

  @Option(names = "--arch", required = true, paramLabel = "ARCH", description = "The architecture.")
  private String arch = "";

  private Designs.@Nullable Entry own;

  /** {@return the design; a file is compiled once} */
  Designs.Entry design() {
    Designs.Entry found = own;
    if (found == null) {
      found =
          DesignChoice.with(
                  membarrier == null ? List.of() : List.of(membarrier),
                  List.of(DesignChoice.one(design)))
              .getFirst();
      own = found;
    }
    return found;
  }

  /** {@return the architecture} */
  Arches.Entry arch() {
    return Choice.one("architecture", arch, Arches.ALL, Arches.Entry::name);
  }

  /** {@return the architecture, which may be one that only bugs of the past are about} */
  Arches.Entry archOrPast() {
    return HistoryOption.arches(List.of(arch)).getFirst();
  }
}
