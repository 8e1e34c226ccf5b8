package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlineTest {
  private static Outline outline(String lines) {
    return Outline.of(ScenarioParser.parse("test", "scenario s: t\n" + lines).getFirst());
  }

  @Test
  void namesAndTheirMakers() {
    Outline outline =
        outline(
            """
            cpu 0: (A1) fork C1; exec B; clone B7; load x; store y 1
            cpu 1: run B7; run C1; clone C2; load x; load x; exit
            cpu 2: run k1
            """);
    assertThat(outline.startTasks()).containsExactly("A1", "k1");
    assertThat(outline.bornTasks()).containsExactly("C1", "B7", "C2");
    assertThat(outline.startMms()).containsExactly("A");
    assertThat(outline.madeMms()).containsExactly("C", "B");
    assertThat(outline.forkChildren()).containsExactly("C1");
    assertThat(outline.cells()).containsExactly("x", "y");
    assertThat(outline.loads()).containsExactly(1, 2, 0);
    assertThat(outline.users()).isEqualTo(Map.of("A", 0, "B", 2, "C", 1));
  }

  @Test
  void referencesLeft() {
    Outline outline =
        outline(
            """
            start: cpu 0 pins A
            start: cpu 1 pins A
            start: cpu 1 gets A
            cpu 0: (A1) pin A; exit; unpin A
            cpu 1: get A; put A
            """);
    assertThat(outline.users()).isEqualTo(Map.of("A", 1));
    assertThat(outline.pins()).isEqualTo(Map.of("A", 2));
  }

  /** Two CPU lines, the place of the action that is refused, and how the message begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          exit                    | idle           | 2:8  | the idle task runs here
          munmap                  | idle           | 2:8  | the idle task runs here
          leave-mm; run k1; leave-mm | idle        | 2:26 | k1 runs here
          (k1) munmap             | idle           | 2:13 | munmap needs an mm
          (k1) fork A1            | idle           | 2:13 | fork needs an mm
          (k1) load x             | idle           | 2:13 | k1 has no mm
          (A1) use A              | idle           | 2:13 | A1 has an mm of its own
          (k1) unuse              | idle           | 2:13 | k1 uses no mm here
          (k1) use A              | run A1         | 2:13 | k1 never gives A up
          (k1) use A; use A       | run A1         | 2:20 | k1 uses A
          (k1) use A; exit        | run A1         | 2:20 | k1 uses A
          (k1) use A; exec B      | run A1         | 2:20 | k1 uses A
          (k1) use A; idle        | run A1; run k1 | 3:16 | k1 uses A since cpu 0
          (k1) use B; unuse       | run A1         | 2:13 | there is no mm B
          (k1) use A; unuse       | run A1; exit   | 2:13 | mm A may be freed before
          pin A; unpin A          | run A1; exec B | 2:8  | mm A may be freed before
          get B; put B            | (A1) exec B    | 2:8  | cpu 0 cannot know mm B
          (A1) unpin A            | idle           | 2:13 | cpu 0 has no pin of A
          (A1) pin A              | unpin A        | 3:8  | cpu 1 has no pin of A
          (A1) put A              | idle           | 2:13 | cpu 0 has no get of A
          (A1) get A              | idle           | 2:13 | what is got here is never put
          (A1) exit; run A1       | idle           | 2:19 | A1 has exited
          (A1) exit               | run A1         | 3:8  | A1 has exited
          (A1)                    | run A1         | 3:8  | waits for ever for A1 to leave cpu 0
          (A1) run B1             | (B1) run A1    | 2:13 | waits for ever for B1 to leave cpu 1
          run B1; fork B1         | (A1)           | 2:8  | waits for ever for the birth of B1
          (A1) idle; run A1       | run A1         | 3:8  | cpu 0 runs A1 as well
          (A1) fork B1            | (B1)           | 3:9  | B1 is born later
          (A1) fork B1; clone B1  | idle           | 2:22 | B1 is born twice
          (A1) fork B1; exec B    | idle           | 2:22 | mm B is made twice
          (A1) exec B             | run B1         | 2:13 | mm B exists from the start
          (A1) clone B1           | idle           | 2:13 | a clone made here has mm A
          (A1) exec B; clone A2   | idle           | 2:21 | a clone made here has mm B
          (A1) munmap             | (A2) munmap    | 3:13 | cpu 0 unmaps the same range of A
          (A1) idle [p: run k1]   | idle           | 2:13 | this action has no preemption point
          (A1) exec B [p: idle]   | idle           | 2:24 | the preempted task does not come back
          (A1) exec B [p: exit]   | idle           | 2:24 | not while preempted
          (A1) exec B [p: pin B]  | idle           | 2:24 | B is made in the run
          (A1) exec B [p: run k1; run A1]; exec C | idle | 2:13 | two actions of this kind
          (A1) exec B [p: run k1; use C; run A1]; run k1; unuse | (C1) | 2:32 | k1 still uses C at ]
          (A1) run k1; use C; run A1; exec B [p: run k1; unuse; run A1] | (C1) | 2:55 | the use
          (A1) exec B [p: pin C]  | (C1)           | 2:24 | references are taken
          (k1) unplug 1           | idle           | 2:13 | waits for ever for cpu 1 to leave
          (k1) unplug 0           | offline        | 2:13 | a CPU does not plug or unplug itself
          (k1) unplug 2           | offline        | 2:13 | there is no cpu 2
          unplug 1                | offline        | 2:8  | the idle task runs here
          (k1) unplug 1           | (k2) unplug 0  | 3:13 | cpu 0 plugs and unplugs as well
          (k1) plug 1             | offline        | 2:13 | cpu 1 is not unplugged
          (k1) unplug 1; unplug 1 | offline        | 2:23 | waits for ever for cpu 1 to leave
          (k1) unplug 1; plug 1   | offline        | 3:8  | cpu 1 is plugged and does not come up
          (k1)                    | offline        | 3:8  | nobody unplugs cpu 1
          (k1) unplug 1           | (k2) offline   | 3:13 | k2 runs here
          (k1) unplug 1           | offline; idle  | 3:17 | cpu 1 is offline
          (k1) unplug 1           | offline; online | 3:17 | waits for ever to be plugged
          (k1)                    | online         | 3:8  | cpu 1 is online
          (A1) exec B [p: offline] | idle          | 2:24 | not while preempted
          (k1) unplug 1 [p: idle] | offline        | 2:13 | this action has no preemption point
          """)
  void whatMakesNoSenseIsRefused(String cpu0, String cpu1, String place, String what) {
    String text = "scenario s: t\ncpu 0: " + cpu0 + "\ncpu 1: " + cpu1 + "\n";
    ScenarioException e =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioParser.parse("test", text));
    assertThat(e).isNotNull();
    assertThat(e.what()).startsWith(what);
    assertThat(e.line() + ":" + e.column()).isEqualTo(place);
    assertThat(e.expected()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run A1; run A1; idle; idle          | idle
          (A1) idle; run A1; idle             | idle
          (A1) idle                           | run A1; idle; run A1
          (k1) use A; run k2; run k1; unuse   | (A1)
          (k1) use A; idle; run k1; unuse     | run A1
          (k1) exec A; munmap; fork B1        | run B1; exec C; clone C1
          (A1) exec B; pin B; exit; get B; put B; unpin B | idle
          (A1) exec B [p: run k1; use C; unuse; run A1] | (C1)
          (A1) exit [p: run k1; run A1]       | idle
          (k1) unplug 1; plug 1; unplug 1     | offline; online; offline
          """)
  void whatMakesSenseIsTaken(String cpu0, String cpu1) {
    String text = "cpu 0: " + cpu0 + "\ncpu 1: " + cpu1 + "\n";
    assertThat(outline(text).loads()).hasSize(2);
  }

  @Test
  void scenariosMadeByCodeAreHeldToTheSame() {
    Scenario scenario =
        new Scenario(
            "s",
            "t",
            List.of(),
            List.of(new Scenario.CpuLine(null, List.of(new Action.Idle(), new Action.Exit()))),
            List.of(),
            List.of());
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> Outline.of(scenario))
        .withMessage(
            "cpu 0, action 2: the idle task runs here; expected a task before it, as (A1) or run"
                + " A1");
  }
}
