package dev.lazymm.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Mappings with one row that is not as it should be, to show that it is noticed. */
public final class Weakened {
  private Weakened() {}

  /** {@return a mapping's file, in a folder, that differs from another in the code of one row} */
  public static Path file(Path folder, String mapping, String does, List<String> code)
      throws IOException {
    return Files.writeString(
        folder.resolve("weak.toml"),
        """
        extends = "%s"
        title = "weakened"
        [[row]]
        does = "%s"
        kernel = "an experiment"
        code = [%s]
        source = "an experiment"
        """
            .formatted(
                mapping,
                does,
                code.stream().map(l -> '"' + l + '"').collect(Collectors.joining(", "))));
  }
}
