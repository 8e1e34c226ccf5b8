package dev.lazymm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequentialMachineTest {
  @ParameterizedTest
  @EnumSource
  void theReturnOfAHandlerRestoresInterrupts(FlagAfterHandler.Handler how) {
    FlagAfterHandler flag = new FlagAfterHandler(how);
    SequentialMachine machine =
        new SequentialMachine(flag.memory(), new SequentialMachine.Observer() {});
    flag.sender(machine.cpu(0));
    flag.target(machine.cpu(1));
    assertThat(machine.value(flag.off())).isZero();
  }
}
