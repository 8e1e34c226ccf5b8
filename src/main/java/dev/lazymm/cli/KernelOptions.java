package dev.lazymm.cli;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which kernels: {@code --design} and {@code --arch}. */
final class KernelOptions {
  @Option(
      names = "--design",
      split = ",",
      paramLabel = "DESIGN",
      description = "Lifetime designs (default: all but shootdown-debug).")
  private List<String> designs = new ArrayList<>();

  @Option(
      names = "--arch",
      split = ",",
      paramLabel = "ARCH",
      description = "Architectures (default: all).")
  private List<String> arches = new ArrayList<>();

  List<Designs.Entry> designs() {
    return designs.isEmpty()
        ? Designs.ALL.stream().filter(d -> !d.name().equals("shootdown-debug")).toList()
        : Choice.all("design", designs, Designs.ALL, Designs.Entry::name);
  }

  List<Arches.Entry> arches() {
    return arches.isEmpty()
        ? Arches.ALL
        : Choice.all("architecture", arches, Arches.ALL, Arches.Entry::name);
  }
}
