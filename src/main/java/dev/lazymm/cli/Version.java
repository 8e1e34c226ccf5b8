package dev.lazymm.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: version and git id from the jar's manifest, then the JDK. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"lazymm " + lazymm(), "JDK " + jdk()};
  }

  static String lazymm() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development (not from a jar)");
  }

  static String jdk() {
    return "%s %s, %s %s"
        .formatted(
            Runtime.version(),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
