package dev.lazymm.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final double LETTER = 7.3;

  private static Lanes lanes(int cpus) {
    List<Witness.Step> steps = new ArrayList<>();
    List<Witness.Ipi> ipis = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      String cell = "mm_cpumask(A) {0,1,2,3}->{0,1,2}" + " and so on".repeat(cpu % 4);
      ipis.add(new Witness.Ipi(0, steps.size() + 1));
      steps.add(new Witness.Step(cpu, "use A", "use", "B1,B2", List.of(cell), false));
      steps.add(new Witness.Step(cpu, "exit", "free", "", List.of("x = 1"), cpu == cpus - 1));
    }
    ipis.removeFirst();
    return Lanes.of(new Witness(cpus, steps, ipis), "id", "title");
  }

  @Test
  void boxesLieInTheirLanesOneBelowTheOtherAndHoldTheirText() {
    for (int cpus = 1; cpus <= 9; cpus++) {
      Lanes lanes = lanes(cpus);
      assertThat(lanes.lanes()).hasSize(cpus);
      int bottom = 0;
      for (Lanes.Box box : lanes.boxes()) {
        assertThat(lanes.lanes())
            .anyMatch(lane -> lane.x() == box.x() && lane.width() == box.width());
        assertThat(box.y()).isGreaterThan(bottom);
        bottom = box.y() + box.height();
        for (Lanes.Line line : box.lines()) {
          assertThat(line.x() + LETTER * line.text().length())
              .isLessThanOrEqualTo(box.x() + box.width());
          assertThat(line.y()).isBetween(box.y(), bottom);
        }
      }
      assertThat(lanes.height()).isGreaterThan(bottom);
      for (int i = 1; i < cpus; i++) {
        Lanes.Lane left = lanes.lanes().get(i - 1);
        assertThat(lanes.lanes().get(i).x()).isGreaterThan(left.x() + left.width());
      }
      Lanes.Lane last = lanes.lanes().getLast();
      assertThat(lanes.width()).isGreaterThan(last.x() + last.width());
      assertThat(lanes.boxes().stream().filter(Lanes.Box::bad)).hasSize(1);
    }
  }

  @Test
  void anArrowGoesFromTheFacingSideOfOneBoxToThatOfTheOther() {
    Lanes lanes = lanes(3);
    assertThat(lanes.arrows()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      Lanes.Box from = lanes.boxes().getFirst();
      Lanes.Box to = lanes.boxes().get(2 * (i + 1));
      String path = lanes.arrows().get(i).path();
      assertThat(path)
          .startsWith("M" + (from.x() + from.width()) + " ")
          .contains(" " + to.x() + " ");
    }
  }

  @Test
  void inWordsItSaysTheSame() {
    assertThat(lanes(2).about())
        .contains("1. CPU 0, use A: use, mm_cpumask(A)", "4. CPU 1, exit: free, x = 1; here it");
  }

  @Test
  void barsAreToOneScale() {
    Bars bars = Bars.of("id", "t", Map.of("m", new TreeMap<>(Map.of("a", 50L, "b", 200L))));
    List<Bars.Bar> two = bars.groups().getFirst().bars();
    assertThat(two.getLast().width()).isEqualTo(4 * two.getFirst().width()).isPositive();
    Bars none = Bars.of("id", "t", Map.of("m", Map.of("a", 0L)));
    assertThat(none.groups().getFirst().bars().getFirst().width()).isZero();
  }
}
