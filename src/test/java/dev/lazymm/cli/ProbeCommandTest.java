package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProbeCommandTest {
  @Test
  void aFamilyIsExploredAgainAndAgain() {
    Cli run = Cli.run("probe", "ainc", "4", "--seconds", "0.2", "--json").exits(Exit.HOLDS);
    JsonNode speed = run.json();
    assertThat(speed.at("/program").asString()).isEqualTo("ainc 4");
    assertThat(speed.at("/rounds").asLong()).isPositive();
    assertThat(speed.at("/executions").asLong()).isEqualTo(24);
    assertThat(speed.at("/expected").asLong()).isEqualTo(24);
    assertThat(speed.at("/executionsPerSecond").asDouble()).isPositive();
    assertThat(speed.at("/events").asInt()).isEqualTo(8);
  }

  @Test
  void aScenarioIsStoppedWhenTheTimeIsOver() {
    Cli run = Cli.run("probe", "--scenario", "e06-use-exit", "--seconds", "0.1");
    run.exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out()).startsWith("e06-use-exit\n").contains("executions/s");
  }

  @Test
  void mistakesAreExplained() {
    assertThat(Cli.run("probe").exits(Exit.USAGE).err()).contains("casrot 9");
    assertThat(Cli.run("probe", "casrt", "9").exits(Exit.USAGE).err())
        .contains("did you mean \"casrot\"?");
    assertThat(Cli.run("probe", "casrot", "0").exits(Exit.USAGE).err()).contains("from size 1");
    assertThat(Cli.run("probe", "casrot", "9", "--seconds", "0").exits(Exit.USAGE).err())
        .contains("more than 0");
    assertThat(Cli.run("probe", "--scenario", "e06-*").exits(Exit.USAGE).err())
        .contains("expected one");
  }
}
