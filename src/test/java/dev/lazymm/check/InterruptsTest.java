package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.FlagAfterHandler;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptsTest {
  @ParameterizedTest
  @EnumSource
  void theReturnOfAHandlerRestoresInterrupts(FlagAfterHandler.Handler how) {
    FlagAfterHandler flag = new FlagAfterHandler(how);
    Set<Long> ends = new HashSet<>();
    boolean[] hangs = new boolean[1];
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph graph) {
            ends.add(explorer.finalValue(flag.off().index()));
            return true;
          }

          @Override
          public boolean hung(Explorer explorer, Graph graph) {
            hangs[0] = true;
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            ends.clear();
            hangs[0] = false;
          }
        };
    new Explorer(flag.program(), new Sc(), Explorer.Options.defaults(2), listener).run();
    assertThat(hangs[0]).isFalse();
    assertThat(ends).containsExactly(0L);
  }
}
