package dev.lazymm.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFileTest {
  private static String text() throws IOException {
    try (InputStream in = MachineModel.class.getResourceAsStream(MachineModel.DEFAULT)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theBuiltInMachineIsReadAsItStands() throws IOException {
    MachineModel machine = MachineFile.parse("m", text());
    assertThat(machine).isEqualTo(MachineModel.builtIn());
    assertThat(machine.topology()).isEqualTo(new Topology(2, 56, Topology.Numbering.INTERLEAVED));
    assertThat(machine.prices().own()).isEqualTo(1300);
    assertThat(machine.prices().of(Distance.REMOTE)).isEqualTo(134_000);
    assertThat(machine.prices().free()).isEqualTo(20_000);
    assertThat(machine.name()).contains("not calibrated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sockets = 2       | sockets = 0            | topology.sockets cannot be "0"
          sockets = 2       | sockets = 2.5          | topology.sockets cannot be "2.5"
          sockets = 2       | sockets = 99999        | a whole number from 1 to 1024
          remote = 134      | remote = -1            | line.remote cannot be "-1"
          remote = 134      | remote = nan           | nanoseconds: a number from 0 to 1e9
          remote = 134      | remote = "far"         | line.remote cannot be "far"
          remote = 134      | remoote = 134          | "remoote" does not belong in [line]
          remote = 134      | # gone                 | there is no remote in [line]
          remote = 134      | remote = [1]           | line.remote cannot be
          remote = 134      | remote.x = 1           | does not belong
          [rcu]             | [rcuu]                 | "rcuu" does not belong at the top
          [rcu]             | [rcu                   | Unexpected end of line
          "interleaved"     | "sideways"             | expected "blocked" or "interleaved"
          name =            | naem =                 | "naem" does not belong at the top
          """)
  void aMistakeIsShownWithItsPlace(String right, String wrong, String message) throws IOException {
    String text = text();
    assertThat(text).contains(right);
    String broken = text.replace(right, wrong);
    assertThatThrownBy(() -> MachineFile.parse("my.toml", broken))
        .isInstanceOf(MachineFormatException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("(?s)my\\.toml:\\d+:\\d+: .*\n +\\^\n.*expected .*");
  }

  @Test
  void thePlaceIsTheKey() throws IOException {
    String text = text().replace("full = 8 ", "full = -8 ");
    int line = text.substring(0, text.indexOf("full = -8")).split("\n", -1).length;
    assertThatThrownBy(() -> MachineFile.parse("m", text))
        .hasMessageStartingWith("m:" + line + ":1:");
  }

  @Test
  void cpusAreNumberedAsTheFileSays() {
    Topology turns = new Topology(2, 3, Topology.Numbering.INTERLEAVED);
    Topology blocks = new Topology(2, 3, Topology.Numbering.BLOCKED);
    assertThat(turns.between(0, 2)).isEqualTo(Distance.SOCKET);
    assertThat(turns.between(0, 1)).isEqualTo(Distance.REMOTE);
    assertThat(blocks.between(0, 2)).isEqualTo(Distance.SOCKET);
    assertThat(blocks.between(0, 3)).isEqualTo(Distance.REMOTE);
    assertThat(MachineModel.builtIn().widenedTo(4096).topology().cpus()).isEqualTo(4096);
    assertThat(MachineModel.builtIn().widenedTo(3)).isEqualTo(MachineModel.builtIn());
  }
}
