package dev.lazymm.litmus.asm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.isa.AArch64;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on what in code of ARMv8, and what is inside its instructions. */
class A64DependenciesTest {
  private static List<Path> paths(String instructions, boolean registers) {
    String text =
        "AArch64 t\n{ 0:X1=x; 0:X2=y; 0:X3=z; }\n P0 ;\n "
            + instructions.strip().replace(";", ";\n")
            + " ;\nexists (x=0)\n";
    var options = new AsmLitmus.Options(2, 1000, registers);
    return AsmLitmus.parse(Source.of("t", text), new AArch64(), options).threads().getFirst();
  }

  /** {@return the dependencies of a path's last event, by name} */
  private static String ofLast(Path path) {
    PathEvent last = path.events().getLast();
    Map<String, Set<Integer>> all = new TreeMap<>(last.more());
    all.put("addr", last.addr());
    all.put("data", last.data());
    all.put("ctrl", last.ctrl());
    return text(all);
  }

  private static String text(Map<String, Set<Integer>> all) {
    StringBuilder text = new StringBuilder();
    all.forEach((name, events) -> {
      if (!events.isEmpty()) {
        text.append(text.isEmpty() ? "" : " ").append(name).append(new TreeSet<>(events));
      }
    });
    return text.toString();
  }

  /** Of the last event on the first way through. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LDR W4,[X1]; LDR W5,[X2]                                  | ''
          LDR W4,[X1]; EOR W5,W4,W4; LDR W6,[X2,W5,SXTW]            | addr[0] pick-addr[0]
          LDR W4,[X1]; SUB X5,X4,X4; ADD X6,X2,X5; LDR W7,[X6]      | addr[0] pick-addr[0]
          LDR W4,[X1]; AND W5,W4,#0; STR W9,[X2,W5,UXTW #2]         | addr[0] pick-addr[0]
          LDR W4,[X1]; STR W4,[X2]                                  | data[0] pick-data[0]
          LDR W4,[X1]; LDR W5,[X2]; ADD W6,W4,W5; STR W6,[X3]       | data[0, 1] pick-data[0, 1]
          LDR W4,[X1]; MOV W4,#1; STR W4,[X2]                       | ''
          LDR W4,[X1]; CBNZ W4,L0; L0: STR W9,[X2]                  | ctrl[0] pick-ctrl[0]
          LDR W4,[X1]; TBZ W4,#0,L0; L0: STR W9,[X2]                | ctrl[0] pick-ctrl[0]
          LDR W4,[X1]; CMP W4,#0; B.EQ L0; L0: STR W9,[X2]          | ctrl[0] pick-ctrl[0]
          LDR W4,[X1]; TST W4,#0; B.CS L0; L0: STR W9,[X2]          | ctrl[0] pick-ctrl[0]
          LDR W4,[X1]; CMP W4,#0; CMP W9,#0; B.EQ L0; L0: STR W9,[X2] | ''
          LDR W4,[X1]; CMP W4,#0; CSEL W5,W8,W9,EQ; STR W5,[X2]     | pick-data[0]
          LDR W4,[X1]; CMP W4,#0; CSET W5,EQ; LDR W6,[X2,W5,SXTW]   | pick-addr[0]
          LDR W4,[X1]; CMP W4,#0; CSEL W5,W8,W8,EQ; CBZ W5,L0; L0: STR W9,[X2] | pick-ctrl[0]
          LDR W4,[X1]; CMP W9,#0; CSEL W5,W9,W4,EQ; STR W5,[X2]     | ''
          LDR W4,[X1]; CMP W9,#0; CSEL W5,W9,W4,NE; STR W5,[X2]     | data[0] pick-data[0]
          LDR W4,[X1]; STR W9,[X2,#0]!; LDR W5,[X2]                 | ''
          LDR X4,[X1]; STR X4,[X2],#8; LDR X5,[X2]                  | ''
          SWP W8,W4,[X1]; STR W4,[X2]                               | data[0] pick-data[0]
          LDR W4,[X1]; SWP W4,W5,[X2]; STR W5,[X3]                  | data[1] pick-data[0, 1]
          SWP W8,W4,[X1]                                            | iico_ctrl[0]
          LDADD W8,W4,[X1]                                          | iico_data[0]
          LDR W4,[X1]; LDADD W4,W5,[X2]                             | data[0] iico_data[1] pick-data[0]
          LDR W4,[X1]; CAS W4,W9,[X2]                               | iico_ctrl[1] pick-data[0]
          LDR W4,[X1]; CAS W8,W4,[X2]                               | data[0] iico_ctrl[1] pick-data[0]
          LDXR W4,[X1]; STXR W5,W4,[X1]                             | data[0] lxsx[0] pick-data[0]
          LDXR W4,[X1]; STXR W5,W4,[X1]; STR W5,[X2]                | ''
          """)
  void depends(String instructions, String dependencies) {
    List<Path> all = paths(instructions, false);
    assertThat(all.stream().map(A64DependenciesTest::ofLast)).contains(dependencies);
    assertThat(ofLast(longest(all))).isEqualTo(dependencies);
  }

  private static Path longest(List<Path> all) {
    int most = all.stream().mapToInt(p -> p.events().size()).max().orElse(0);
    return all.stream().filter(p -> p.events().size() == most).toList().getLast();
  }

  /** A compare-and-swap goes one of five ways, and its result depends on other things in each. */
  @Test
  void compareAndSwap() {
    assertThat(
            paths("LDR W4,[X1]; CAS W4,W9,[X2]; STR W4,[X3]", false).stream()
                .map(p -> p.events().size() + " " + ofLast(p)))
        .containsExactlyInAnyOrder(
            "4 data[1] pick-data[1]",
            "4 data[0] pick-data[0, 1]",
            "3 data[1] pick-data[1]",
            "3 data[1] pick-data[0, 1]",
            "4 data[1] pick-data[1]");
  }

  private static String inside(PathEvent e) {
    Map<String, Set<Integer>> more = new TreeMap<>(e.more());
    more.remove("same-instance");
    String kind = e.action() == dev.lazymm.litmus.Action.INTERNAL ? "" : e.action() + " ";
    return (kind + new TreeSet<>(e.tags()) + " " + text(more)).strip();
  }

  /** Of the last way through. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD W4,W5,W6 | [Rreg], [Rreg], [Wreg] iico_data[0, 1]
          MOV W4,#1; MOV W5,W4 | [Wreg], [Rreg] rf-reg[0], [Wreg] iico_data[1]
          CMP W4,#1; CSET W5,EQ | [Rreg], [Wreg] iico_data[0], [B, PRED] iico_data[3], [Rreg] rf-reg[1], [Wreg] iico_ctrl[2]
          CBZ W4,L0; L0: | [Rreg], [B, BCC] iico_data[0]
          LDR W4,[X1,W5,SXTW] | READ [] iico_data[1, 2], [Rreg], [Rreg], [Wreg] iico_data[0]
          STR W4,[X1] | WRITE [] iico_data[1, 2], [Rreg], [DATA, Rreg]
          LDR W4,[X1],#4 | READ [] iico_data[1], [Rreg], [Wreg] iico_data[0], [Wreg] iico_data[1]
          DMB SY | FENCE [DMB.SY, FULL]
          SWP W4,W5,[X1] | READ [X] iico_data[2], WRITE [X] iico_ctrl[0] iico_data[2, 3], [Rreg], [DATA, Rreg], [Wreg] iico_ctrl[3] iico_data[0]
          STADD W4,[X1] | READ [NoRet] iico_data[2], WRITE [X] iico_data[0, 2, 3], [Rreg], [DATA, Rreg]
          """)
  void insideInstructions(String instructions, String events) {
    List<Path> all = paths(instructions, true);
    assertThat(all.getLast().events().stream().map(A64DependenciesTest::inside))
        .containsExactly(events.split(", (?=READ|WRITE|FENCE|\\[(?:[RW]reg|B|DATA))"));
  }

  /** The status depends on nothing, and the store is still that of its load. */
  @Test
  void insideExclusives() {
    Path path =
        paths("LDXR W4,[X1]; STXR W5,W6,[X1]", true).stream()
            .filter(p -> p.events().size() == 10)
            .findFirst()
            .orElseThrow();
    assertThat(path.events().stream().map(A64DependenciesTest::inside))
        .containsExactly(
            "READ [X] iico_data[1]",
            "[Rreg]",
            "[Wreg] iico_data[0]",
            "[Wreg] iico_data[1]",
            "WRITE [X] iico_ctrl[5, 6] iico_data[6, 7] lxsx[0]",
            "[Rreg] rf-reg[3]",
            "[Rreg]",
            "[DATA, Rreg]",
            "[Wreg] iico_ctrl[5]",
            "[Wreg]");
    assertThat(path.events().get(4).readPart()).isZero();
  }
}
