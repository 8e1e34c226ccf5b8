package dev.lazymm.litmus.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.isa.RiscV;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RISC-V's instructions are, and on what their events depend. */
class RiscVTest {
  private static final String HEAD = "RISCV t\n{ 0:a0=x; 0:a1=y; 0:s0=5; 0:s1=-3; }\n P0 ;\n ";

  private static LitmusTest test(String code) {
    String rows = String.join(" ;\n ", code.split(";"));
    return AsmLitmus.parse(
        Source.of("t", HEAD + rows + " ;\nexists (x=0)\n"),
        new RiscV(),
        AsmLitmus.Options.defaults());
  }

  private static List<Path> ways(String code) {
    return test(code).threads().getFirst();
  }

  private static Path way(String code) {
    assertThat(ways(code)).as(code).hasSize(1);
    return ways(code).getFirst();
  }

  /** {@return what a register holds after a thread that reads nothing} */
  private static long computed(String code, String register) {
    return way(code).registers().get(register) instanceof Value.Constant(long n)
        ? n
        : Long.MIN_VALUE;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          li t0,7              | 7
          mv t0,s0             | 5
          addi t0,s0,-7        | -2
          andi t0,s0,4         | 4
          ori t0,s0,2          | 7
          xori t0,s0,1         | 4
          slli t0,s0,2         | 20
          slti t0,s1,0         | 1
          sltiu t0,s1,1        | 0
          sltiu t0,s0,-1       | 1
          add t0,s0,s1         | 2
          sub t0,s0,s1         | 8
          and t0,s0,s1         | 5
          or t0,s0,s1          | -3
          xor t0,s0,s0         | 0
          slt t0,s1,s0         | 1
          sltu t0,s1,s0        | 0
          sltu t0,s0,s1        | 1
          seqz t0,s0           | 0
          seqz t0,zero         | 1
          snez t0,s0           | 1
          add x5,x8,x9         | 2
          add t0,fp,x0         | 5
          """)
  void computes(String instruction, long expected) {
    assertThat(computed(instruction, "x5")).isEqualTo(expected);
    assertThat(way(instruction).events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          beq s0,s1   | 0
          bne s0,s1   | 1
          blt s1,s0   | 1
          bge s1,s0   | 0
          bltu s1,s0  | 0
          bgeu s1,s0  | 1
          bgeu s0,s0  | 1
          beqz s0     | 0
          beqz x0     | 1
          bnez s0     | 1
          """)
  void branches(String branch, long jumps) {
    String code = branch + ",to" + "; li t0,0; j end; to: li t0,1; end: nop";
    assertThat(computed(code, "x5")).isEqualTo(jumps);
  }

  @Test
  void zeroIsZero() {
    assertThat(computed("li x0,3; mv t0,x0", "x5")).isZero();
    assertThat(way("lw zero,0(a0); sw x0,0(a1)").events().getLast().data()).isEmpty();
  }

  /** An event's kind and its sets. */
  private static String events(String code) {
    return way(code).events().stream()
        .map(e -> e.action() + e.tags().stream().sorted().toList().toString())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lw t0,0(a0)               | READ[]
          ld t0,(a0)                | READ[]
          lw.aq t0,0(a0)            | READ[Acq]
          sw t0,0(a0)               | WRITE[]
          sd.rl t0,0(a0)            | WRITE[Rel]
          lr.w t0,(a0)              | READ[X]
          lr.d.aq t0,0(a0)          | READ[Acq, X]
          lr.w.rl t0,0(a0)          | READ[Rel, X]
          lr.w.aqrl t0,0(a0)        | READ[AcqRel, X]
          lr.w.aq.rl t0,0(a0)       | READ[AcqRel, X]
          amoadd.w t0,s0,(a0)       | UPDATE[AMO, X]
          amoswap.d.aq t0,s0,(a0)   | UPDATE[AMO, Acq, X]
          amomaxu.w.rl t0,s0,(a0)   | UPDATE[AMO, Rel, X]
          amoxor.w.aqrl t0,s0,(a0)  | UPDATE[AMO, AcqRel, X]
          fence                     | FENCE[Fence.rw.rw]
          fence rw,rw               | FENCE[Fence.rw.rw]
          fence r,rw                | FENCE[Fence.r.rw]
          fence w,w                 | FENCE[Fence.w.w]
          fence iorw,iorw           | FENCE[Fence.rw.rw]
          fence.tso                 | FENCE[Fence.tso]
          fence.i                   | FENCE[Fence.i]
          """)
  void hasEvents(String instruction, String expected) {
    assertThat(events(instruction)).isEqualTo(expected);
    Set<String> sets = new RiscV().sets();
    assertThat(way(instruction).events()).allSatisfy(e -> assertThat(sets).containsAll(e.tags()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          swap | -3
          add  | 2
          and  | 5
          or   | -3
          xor  | -8
          max  | 5
          min  | -3
          maxu | -3
          minu | 5
          """)
  void updates(String operation, long written) {
    String code = "amo%s.w t0,s1,(a0)".formatted(operation);
    PathEvent event = way(code).events().getFirst();
    Value.Known five =
        new Value.Known() {
          @Override
          public boolean isKnown(int e) {
            return true;
          }

          @Override
          public long value(int e) {
            return 5;
          }
        };
    assertThat(event.value()).isNotNull();
    assertThat(event.value() == null ? 0 : event.value().evaluate(five)).isEqualTo(written);
    assertThat(way(code).registers().get("x5")).isEqualTo(new Value.OfRead(0));
  }

  // ---- dependencies ----------------------------------------------------------------------------

  private static PathEvent last(String code) {
    return way(code).events().getLast();
  }

  @Test
  void dependsByAddressDataAndBranch() {
    PathEvent store = last("lw t0,0(a0); xor t1,t0,t0; add t2,t1,a1; sw s0,0(t2)");
    assertThat(store.addr()).containsExactly(0);
    assertThat(store.data()).isEmpty();
    assertThat(store.ctrl()).isEmpty();
    assertThat(last("lw t0,0(a0); ori t1,t0,1; sw t1,0(a1)").data()).containsExactly(0);
    for (Path way : ways("lw t0,0(a0); bne t0,x0,next; next: lw t1,0(a1)")) {
      assertThat(way.events().getLast().ctrl()).containsExactly(0);
    }
    PathEvent amo =
        last("lw t0,0(a0); lw t1,0(a1); xor t2,t0,t0; add t2,t2,a0; amoadd.w t3,t1,(t2)");
    assertThat(amo.addr()).containsExactly(0);
    assertThat(amo.data()).containsExactly(1);
  }

  private static Path successful(String code) {
    List<Path> all =
        ways(code).stream()
            .filter(w -> w.events().stream().anyMatch(e -> e.readPart() >= 0))
            .toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void whatASuccessTellsDependsOnTheWrite() {
    String code = "lr.w t0,(a0); sc.w t1,s0,(a0); xor t2,t1,t1; sw t2,0(a1)";
    Path done = successful(code);
    assertThat(done.events().get(1).readPart()).isZero();
    assertThat(done.events().getLast().data()).containsExactly(1);
    assertThat(done.registers().get("x6")).isEqualTo(new Value.Constant(0));
    Path failed = ways(code).stream().filter(w -> w.events().size() == 2).findAny().orElseThrow();
    assertThat(failed.events().getLast().data()).isEmpty();
    assertThat(failed.registers().get("x6")).isEqualTo(new Value.Constant(1));
  }

  /** Through what is reserved, the address of the load is also one of the store. */
  @Test
  void aStoreConditionalDependsOnBothAddresses() {
    Path done =
        successful(
            "lw t0,0(a1); xor t0,t0,t0; add t0,t0,a0; lr.w t1,(t0); sc.w t2,s0,(a0); sw t2,0(a1)");
    assertThat(done.events().get(2).addr()).containsExactly(0);
    assertThat(done.events().getLast().data()).containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void aStoreConditionalNeedsItsOwnReservation() {
    assertThat(ways("sc.w t1,s0,(a0)")).hasSize(1);
    assertThat(ways("lr.w t0,(a1); sc.w t1,s0,(a0)")).hasSize(1);
    assertThat(ways("lr.w t0,(a0); sc.w t1,s0,(a1); sc.w t2,s0,(a0)"))
        .allSatisfy(w -> assertThat(w.events()).noneMatch(e -> e.action() == Action.WRITE));
  }

  // ---- what is wrong ---------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frobnicate t0            | 2  | there is no instruction frobnicate in RISCV
          lw t0,0(a0),a1           | 2  | lw: expected a register and an address, as in lw x5,0(x6)
          lw t7,0(a0)              | 5  | expected a register, as x5 or a0; there is none t7
          lw t0,0(b0)              | 8  | expected a register, as in 0(x6); there is none b0
          lw t0,a0                 | 8  | expected an address, as 0(x6)
          lw t0,4(a0)              | 8  | mixed-size tests are not supported: a location has nothing at an offset
          lb t0,0(a0)              | 2  | lb: accesses of less than a word are not supported; expected .w or .d, as in lw
          lw.rl t0,0(a0)           | 2  | there is no instruction lw.rl in RISCV
          sw.aq t0,0(a0)           | 2  | there is no instruction sw.aq in RISCV
          amofoo.w t0,t1,(a0)      | 2  | there is no instruction amofoo.w in RISCV
          lr.w.rlaq t0,(a0)        | 2  | there is no instruction lr.w.rlaq in RISCV
          addi t0,s0,2048          | 13 | expected a number from -2048 to 2047, found 2048
          slli t0,s0,64            | 13 | expected a number from 0 to 63, found 64
          slli t0,s0,-1            | 13 | expected a number from 0 to 63, found -1
          addi t0,s0,s1            | 13 | expected a number
          add t0,s0,1              | 12 | expected a register, as x5 or a0
          bne t0,s0                | 2  | bne: expected a register, a register and a label
          bnez t0,5                | 10 | expected a label
          bnez t0,nowhere          | 2  | there is no label nowhere
          fence r                  | 2  | fence: expected nothing, or what is before it and what is after, as in fence rw,w
          fence rw,x               | 11 | expected one of r, w, rw
          fence io,io              | 8  | expected one of r, w, rw
          """)
  void whatIsWrong(String instruction, int column, String message) {
    LitmusException e =
        assertThatExceptionOfType(LitmusException.class)
            .isThrownBy(() -> test(instruction))
            .actual();
    assertThat(String.valueOf(e.getMessage()))
        .startsWith("t:4:%d: %s\n".formatted(column, message));
  }

  @Test
  void mixedSizesAreRefused() {
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> test("lw t0,0(a0); sd t0,0(a0)"))
        .withMessageStartingWith(
            "t:5:3: x is accessed with 8 bytes here, and with 4 in line 4: accesses of mixed sizes are not supported");
    assertThat(way("lw t0,0(a0); ld t1,0(a1)").events()).hasSize(2);
  }
}
