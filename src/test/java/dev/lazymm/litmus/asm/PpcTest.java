package dev.lazymm.litmus.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.isa.Ppc;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What POWER's instructions do, on what they depend, and which are refused. */
class PpcTest {
  /** {@return the ways through a thread whose r20 and r21 have the addresses of two locations} */
  private static List<Path> ways(String code) {
    String rows =
        Arrays.stream(code.split(";")).map(l -> l.strip() + " ;\n").collect(Collectors.joining());
    String test = "PPC t\n{ 0:r20=x; 0:r21=y; }\nP0 ;\n" + rows + "exists (x=0)\n";
    var options = AsmLitmus.Options.defaults();
    return AsmLitmus.parse(Source.of("t", test), new Ppc(), options).threads().getFirst();
  }

  private static Path way(String code) {
    List<Path> all = ways(code);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static PathEvent last(Path path) {
    return path.events().getLast();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          li r1,-3                                  | -3
          li r2,5; mr r1,r2                         | 5
          li r2,5; neg r1,r2                        | -5
          li r2,5; not r1,r2                        | -6
          li r2,5; addi r1,r2,2                     | 7
          li r0,5; addi r1,r0,2                     | 2
          li r2,5; subi r1,r2,2                     | 3
          li r2,5; li r3,2; add r1,r2,r3            | 7
          li r2,5; li r3,2; sub r1,r2,r3            | 3
          li r2,5; li r3,2; subf r1,r2,r3           | -3
          li r2,5; li r3,2; mullw r1,r2,r3          | 10
          li r2,5; mulli r1,r2,3                    | 15
          li r2,5; li r3,6; and r1,r2,r3            | 4
          li r2,5; li r3,6; or r1,r2,r3             | 7
          li r2,5; li r3,6; xor r1,r2,r3            | 3
          li r2,5; li r3,6; nor r1,r2,r3            | -8
          li r2,5; ori r1,r2,2                      | 7
          li r2,5; xori r1,r2,4                     | 1
          li r2,5; andi. r1,r2,4                    | 4
          li r2,5; cntlzw r1,r2                     | 29
          li r2,0; cntlzw r1,r2                     | 32
          li r2,-1; cntlzw r1,r2                    | 0
          li r2,5; cntlzd r1,r2                     | 61
          li r2,0; cntlzd r1,r2                     | 64
          li r2,20; srwi r1,r2,2                    | 5
          li r2,20; srwi r1,r2,0                    | 20
          li r2,-1; srwi r1,r2,28                   | 15
          li r2,-1; srdi r1,r2,60                   | 15
          li r2,-1; srdi r1,r2,0                    | -1
          nop; li r1,1                              | 1
          li r1,1; b END; li r1,2; END:             | 1
          """)
  void computes(String code, long result) {
    assertThat(way(code).registers().get("r1")).isEqualTo(new Value.Constant(result));
  }

  /** Whether a branch is taken after 1 is compared with 1, 2 and 0, and after xor. of equals. */
  @ParameterizedTest
  @CsvSource({
    "beq,y,n,n,y",
    "bne,n,y,y,n",
    "blt,n,y,n,n",
    "bge,y,n,y,y",
    "bgt,n,n,y,n",
    "ble,y,y,n,y",
    "bnl,y,n,y,y",
    "bng,y,y,n,y",
    "beq+,y,n,n,y",
    "bne-,n,y,y,n"
  })
  void branches(String branch, String same, String less, String greater, String recorded) {
    String after = ";li r9,0;li r2,1;%s;" + branch + " %s" + "L;b END;L:;li r9,1;END:";
    var one = new Value.Constant(1);
    for (String cmp : List.of("cmpw", "cmpd")) {
      for (int i = 0; i < 3; i++) {
        boolean taken = List.of(same, less, greater).get(i).equals("y");
        String with = "li r3," + List.of(1, 2, 0).get(i) + after;
        String reg = with.formatted(cmp + " r2,r3", "");
        String field = with.formatted(cmp + "i cr7,r2," + List.of(1, 2, 0).get(i), "cr7,");
        assertThat(one.equals(way(reg).registers().get("r9"))).as(reg).isEqualTo(taken);
        assertThat(one.equals(way(field).registers().get("r9"))).as(field).isEqualTo(taken);
      }
    }
    String dot = after.formatted("xor. r4,r2,r2", "").substring(1);
    assertThat(one.equals(way(dot).registers().get("r9"))).isEqualTo(recorded.equals("y"));
  }

  /** Reads are numbered from 0; the last event depends on some of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lwz r1,0(r20); xor r2,r1,r1; lwzx r3,r2,r21                        | 0 |   |
          lwz r1,0(r20); xor r2,r1,r1; ldx r3,r21,r2                         | 0 |   |
          lwz r1,0(r20); stw r1,0(r21)                                       |   | 0 |
          lwz r1,0(r20); li r1,1; stw r1,0(r21)                              |   |   |
          lwz r1,0(r20); xor r2,r1,r1; stwx r1,r2,r21                        | 0 | 0 |
          lwz r1,0(r20); cmpw r1,r1; beq L; L:; std r2,0(r21)                |   |   | 0
          lwz r1,0(r20); cmpw cr3,r1,r1; cmpw r2,r2; beq L; L:; stw r2,0(r21) |  |   |
          lwz r1,0(r20); cmpw cr3,r1,r1; beq cr3,L; L:; isync                |   |   | 0
          lwz r1,0(r20); add. r2,r1,r1; cmpwi r3,0; beq L; L:; lwz r4,0(r21) |   |   |
          lwz r1,0(r20); lwz r0,0(r20); xor r2,r1,r0; sub r2,r2,r2; li r3,1; stw r3,0(r21) | | |
          """)
  void depends(String code, String addr, String data, String ctrl) {
    PathEvent event = last(way(code));
    assertThat(event.addr()).isEqualTo(reads(addr));
    assertThat(event.data()).isEqualTo(reads(data));
    assertThat(event.ctrl()).isEqualTo(reads(ctrl));
  }

  private static Set<Integer> reads(@Nullable String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(" ")).map(Integer::valueOf).collect(Collectors.toSet());
  }

  /** Both ways, what follows depends on lwarx's address and stwcx.'s operands, not on its read. */
  @Test
  void storeConditional() {
    List<Path> all =
        ways(
            "lwz r1,0(r20);xor r2,r1,r1;lwz r3,0(r20);lwarx r5,r2,r21;stwcx. r3,0,r21;"
                + "bne L;L:;li r6,1;stw r6,0(r20)");
    assertThat(all).hasSize(2);
    for (Path path : all) {
      assertThat(last(path).ctrl()).containsExactlyInAnyOrder(0, 1);
      PathEvent reads = path.events().get(2);
      assertThat(reads.tags()).containsExactly("X");
      assertThat(reads.addr()).containsExactly(0);
    }
    List<PathEvent> written =
        all.stream()
            .flatMap(p -> p.events().stream())
            .filter(e -> e.action() == Action.WRITE && e.readPart() >= 0)
            .toList();
    assertThat(written).hasSize(1);
    PathEvent write = written.getFirst();
    assertThat(write.readPart()).isEqualTo(2);
    assertThat(write.tags()).containsExactly("X");
    assertThat(write.data()).containsExactlyInAnyOrder(0, 1);
    assertThat(write.addr()).isEmpty();
    assertThat(write.value()).isEqualTo(new Value.OfRead(1));
  }

  /** A second stwcx. fails, as does one to another address, or one without lwarx. */
  @Test
  void storeConditionalFails() {
    assertThat(ways("lwarx r1,0,r20;stwcx. r2,0,r21")).hasSize(1);
    assertThat(ways("stdcx. r2,r0,r21")).hasSize(1);
    Path path =
        ways("lwz r9,0(r21);lwarx r1,0,r20;stwcx. r9,0,r20;stwcx. r2,0,r20;bne L;L:;stw r2,0(r21)")
            .getLast();
    assertThat(path.events().stream().filter(e -> e.readPart() >= 0)).hasSizeLessThan(2);
    assertThat(last(path).ctrl()).containsExactly(0);
  }

  @Test
  void fences() {
    assertThat(way("sync;hwsync;lwsync;eieio;isync").events())
        .extracting(e -> e.tags().iterator().next())
        .containsExactly("SYNC", "SYNC", "LWSYNC", "EIEIO", "ISYNC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lbz r1,0(r2)     |  1 | lbz accesses one or two bytes; expected accesses of words or doublewords
          sthx r1,r2,r3    |  1 | sthx accesses one or two bytes; expected accesses of words or doublewords
          ptesync          |  1 | PPC has no instruction ptesync, or it is not supported
          li r1            |  1 | expected a number more, as in li r1,1
          li r1,r2         |  7 | expected a number, as in li r1,1
          li r32,1         |  4 | expected a register, one of r0 to r31, as in li r1,1
          add r1,r2,3      | 11 | expected a register, one of r0 to r31, as in add r1,r2,r3
          add r1,r2,r3,r4  | 14 | expected nothing more, as in add r1,r2,r3
          sync r1          |  6 | expected nothing more, as in sync
          lwz r1,r2        |  8 | expected an address, as in lwz r1,0(r2)
          stw r1,0(r0)     |  8 | r0 as a base is the number 0, not what is in r0; expected another register
          lwzx r1,1,r2     |  9 | expected a register or 0, as in lwzx r1,r2,r3
          cmpw cr8,r1,r2   |  6 | expected a register, one of r0 to r31, as in cmpw cr0,r1,r2
          beq cr1,2        |  9 | expected a label, as in beq cr0,LABEL
          bne- L           |  1 | there is no label L
          """)
  void refuses(String code, int column, String problem) {
    LitmusException e =
        assertThatExceptionOfType(LitmusException.class).isThrownBy(() -> ways(code)).actual();
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.line()).isEqualTo(4);
    assertThat(e.column()).isEqualTo(column);
  }
}
