package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What statements and expressions do, and which reads they depend on. */
class StatementsTest {
  private static void check(String statements, String... lines) {
    String expected = Arrays.stream(lines).map(l -> l + "\n").collect(Collectors.joining());
    assertThat(Printed.body(statements)).isEqualTo(expected);
  }

  @Test
  void plainAccesses() {
    check("int r0 = *x; *y = r0 + 1;", "R x", "W y := (#0+1) data 0", "r0=#0");
  }

  @Test
  void markedAccesses() {
    check("r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1);", "R[ONCE] x", "W[ONCE] y := 1", "r0=#0");
  }

  @Test
  void noParensBeginsAComment() {
    check("r0 = READ_ONCE(*x); /* WRITE_ONCE(*x, 1); */ // r1 = 1;\n", "R[ONCE] x", "r0=#0");
  }

  @Test
  void declarations() {
    check("int r0; int r1 = 1, *r2, r3 = r1 + 1; unsigned long u; u32 v = 0x10;", "r1=1 r3=2 v=16");
  }

  @Test
  void undeclaredAndUninitialisedRegistersAreZero() {
    check("int r0; r1 = r0 + r2;", "r1=0");
  }

  @Test
  void parametersAreAddresses() {
    check("r0 = x; WRITE_ONCE(*p, y);", "W[ONCE] p := y", "r0=x");
  }

  @Test
  void addressDependency() {
    check(
        "int *r0 = READ_ONCE(*p); r1 = READ_ONCE(*r0); *r0 = 1;",
        "R[ONCE] p",
        "R[ONCE] #0 addr 0",
        "W #0 := 1 addr 0",
        "r0=#0 r1=#1");
  }

  @Test
  void doubleDereference() {
    check("r0 = **p;", "R p", "R #0 addr 0", "r0=#1");
  }

  @Test
  void castsChangeNothing() {
    check(
        "r0 = (int)rcu_dereference(*(char **)x); r1 = (struct foo *) r0; r2 = (intptr_t)(r1);",
        "R[ONCE] x",
        "r0=#0 r1=#0 r2=#0");
  }

  @Test
  void dependenciesGoThroughRegistersWhateverTheValue() {
    check(
        "r0 = *x; r1 = r0 - r0; r2 = r1 & 0; *y = r2;",
        "R x",
        "W y := ((#0-#0)&0) data 0",
        "r0=#0 r1=(#0-#0) r2=((#0-#0)&0)");
  }

  @Test
  void constantsAreFolded() {
    check(
        "r0 = 1 + 2 * 3 - -4; r1 = !r0; r2 = ~0; r3 = 7 & 3 | 8; r4 = 1 << 4 >> 2;",
        "r0=11 r1=0 r2=-1 r3=11 r4=4");
  }

  @Test
  void precedences() {
    check(
        "r0 = 1 + 1 == 2 & 1; r1 = 1 | 2 ^ 3 & 2; r2 = 10 - 3 - 2; r3 = 5 &~ 1; r4 = 1 ? 2 : 0 ? 3 : 4;",
        "r0=1 r1=1 r2=5 r3=4 r4=2");
  }

  @Test
  void ifControlsWhatIsInsideAndNotWhatFollows() {
    check(
        "r0 = *x; if (r0) *y = 1; else *y = 2; *x = 3;",
        "R x",
        "W y := 1 ctrl 0",
        "W x := 3",
        "if #0",
        "r0=#0",
        "--",
        "R x",
        "W y := 2 ctrl 0",
        "W x := 3",
        "unless #0",
        "r0=#0");
  }

  @Test
  void nestedIfsAddUp() {
    check(
        "r0 = *x; if (r0 == 1) { r1 = *y; if (r1 != 2) *x = 3; *y = 4; }",
        "R x",
        "R y ctrl 0",
        "W x := 3 ctrl 0 1",
        "W y := 4 ctrl 0",
        "if (#0==1)",
        "unless (#1==2)",
        "r0=#0 r1=#1",
        "--",
        "R x",
        "R y ctrl 0",
        "W y := 4 ctrl 0",
        "if (#0==1)",
        "if (#1==2)",
        "r0=#0 r1=#1",
        "--",
        "R x",
        "unless (#0==1)",
        "r0=#0");
  }

  @Test
  void constantsDecideWithoutAFork() {
    check("int r0 = 1; if (r0 == 1) *x = 1; else *x = 2;", "W x := 1", "r0=1");
  }

  @Test
  void aConditionThatWasAskedIsNotAskedAgain() {
    check(
        "r0 = *x; if (r0) *y = 1; if (r0 != 0) *y = 2; if (!r0) *y = 3;",
        "R x",
        "W y := 1 ctrl 0",
        "W y := 2 ctrl 0",
        "if #0",
        "r0=#0",
        "--",
        "R x",
        "W y := 3 ctrl 0",
        "unless #0",
        "r0=#0");
  }

  @Test
  void andIsAValueIfItsRightSideReadsNothing() {
    check(
        "r0 = *x; r1 = r0 && r0 != 2; *y = r1;",
        "R x",
        "W y := (#0?((#0!=2)!=0):0) data 0",
        "r0=#0 r1=(#0?((#0!=2)!=0):0)");
  }

  @Test
  void andBranchesIfItsRightSideReads() {
    check(
        "r0 = *x && *y;",
        "R x",
        "R y ctrl 0",
        "if #0",
        "r0=(#1!=0)",
        "--",
        "R x",
        "unless #0",
        "r0=0");
  }

  @Test
  void orBranchesTheOtherWay() {
    check(
        "r0 = *x || *y;",
        "R x",
        "if #0",
        "r0=1",
        "--",
        "R x",
        "R y ctrl 0",
        "unless #0",
        "r0=(#1!=0)");
  }

  @Test
  void choice() {
    check("r0 = *x; r1 = r0 ? 5 : 6;", "R x", "r0=#0 r1=(#0?5:6)");
  }

  @Test
  void compoundAssignments() {
    check(
        "r0 = 5; r0 += 2; r0 <<= 1; *x += r0; *y |= 1; r0++; --r0; r1 = r0--;",
        "R x",
        "W x := (#0+14) data 0",
        "R y",
        "W y := (#2|1) data 2",
        "r0=13 r1=14");
  }

  @Test
  void assignmentsAreExpressions() {
    check(
        "if ((r0 = *x) == 1) r1 = r2 = 3;",
        "R x",
        "if (#0==1)",
        "r0=#0 r1=3 r2=3",
        "--",
        "R x",
        "unless (#0==1)",
        "r0=#0");
  }

  @Test
  void whileIsUnrolledAndItsBodiesAreNested() {
    check(
        "while (*x == 0) *y = 1; *x = 2;",
        "R x",
        "W x := 2",
        "if #0",
        "--",
        "R x",
        "W y := 1 ctrl 0",
        "R x ctrl 0",
        "W x := 2",
        "unless #0",
        "if #2",
        "--",
        "R x",
        "W y := 1 ctrl 0",
        "R x ctrl 0",
        "W y := 1 ctrl 0 2",
        "R x ctrl 0 2",
        "unless #0",
        "unless #2",
        "unless #4",
        "cut",
        "--",
        "R x",
        "W y := 1 ctrl 0",
        "R x ctrl 0",
        "W y := 1 ctrl 0 2",
        "R x ctrl 0 2",
        "W x := 2",
        "unless #0",
        "unless #2",
        "if #4");
  }

  @Test
  void doWhileTestsLast() {
    check("int r0 = 0; do r0 += 1; while (r0 < 5); *x = r0;", "W x := 5", "r0=5");
  }

  @Test
  void loopsThatConstantsEndAreNotCut() {
    check(
        "for (int i = 0; i < 4; i++) { if (i == 1) continue; if (i == 3) break; *x = i; }",
        "W x := 0",
        "W x := 2",
        "i=3");
  }

  @Test
  void endlessLoopsAreCut() {
    check("while (1) *x = 1;", "W x := 1", "W x := 1", "cut");
  }

  @Test
  void breakLeavesWhatFollowsControlled() {
    check(
        "while (1) { r0 = *x; if (r0) break; *y = 1; break; } *y = 2;",
        "R x",
        "W y := 2",
        "if #0",
        "r0=#0",
        "--",
        "R x",
        "W y := 1 ctrl 0",
        "W y := 2",
        "unless #0",
        "r0=#0");
  }

  @Test
  void returnEndsTheThreadAndControlsTheRest() {
    check(
        "r0 = *x; if (r0) return; *y = 1;",
        "R x",
        "if #0",
        "r0=#0",
        "--",
        "R x",
        "W y := 1 ctrl 0",
        "unless #0",
        "r0=#0");
  }

  @Test
  void initialRegistersAndAddresses() {
    String test =
        "C t\n{ 0:r1=y; int *x = &z; 0:r2=-3; }\n"
            + "P0(int *x) { r3 = r1; *x = r2; int z; r4 = z; r5 = y; }\nexists (x=0)";
    assertThat(Printed.thread(test, CLitmus.Options.linux()))
        .isEqualTo("W x := -3\nr3=y r4=0 r5=y\n");
  }
}
