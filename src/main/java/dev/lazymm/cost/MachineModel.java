package dev.lazymm.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A machine as its file describes it.
 *
 * @param name one line that says which machine it is
 * @param topology where its CPUs are
 * @param prices what its operations cost
 */
public record MachineModel(String name, Topology topology, Prices prices) {
  /** The file of the machine that is used unless another is named. */
  public static final String DEFAULT = "two-sockets.toml";

  /** {@return the machine that comes with lazymm: two sockets, nothing calibrated} */
  public static MachineModel builtIn() {
    try (InputStream in =
        Objects.requireNonNull(MachineModel.class.getResourceAsStream(DEFAULT), DEFAULT)) {
      return MachineFile.parse(DEFAULT, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return this machine with as many CPUs on each socket as {@code cpus} need} */
  public MachineModel widenedTo(int cpus) {
    int sockets = topology.sockets();
    int perSocket = Math.max(topology.cpusPerSocket(), (cpus + sockets - 1) / sockets);
    return new MachineModel(name, new Topology(sockets, perSocket, topology.numbering()), prices);
  }
}
