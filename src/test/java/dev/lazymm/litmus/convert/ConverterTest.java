package dev.lazymm.litmus.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.Line;
import dev.lazymm.isa.Op;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.Registers;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, line by line. */
class ConverterTest {
  /** An instruction set that knows its name and its registers, as converting needs no more. */
  private record Named(String name) implements Isa {
    @Override
    public List<Op> decode(Line line) {
      throw new AssertionError(line);
    }

    @Override
    public @Nullable String register(String register) {
      Registers all = Registers.of(name);
      return IntStream.range(0, all.count())
          .filter(i ->
              Stream.of(all.name(i, false), all.name(i, true))
                  .anyMatch(n -> n.replace("%", "").equalsIgnoreCase(register)))
          .mapToObj(i -> all.name(i, true).replace("%", ""))
          .findFirst()
          .orElse(null);
    }

    @Override
    public Set<String> sets() {
      return Set.of();
    }

    @Override
    public Set<String> relations() {
      return Set.of();
    }
  }

  private static Converted converted(String mapping, String test) {
    Mapping found = Mapping.find(mapping);
    return new Converter(found, new Named(found.isa()))
        .convert(Source.of("T.litmus", test), Macros.linux());
  }

  /** {@return the instructions of P0 with a body, one line each} */
  private static String body(String mapping, String body) {
    String test = "C T\n{}\nP0(int *x, int *y)\n{\n" + body + "\n}\nexists (x=1)\n";
    return converted(mapping, test)
        .text()
        .lines()
        .dropWhile(l -> !l.startsWith(" P0"))
        .skip(1)
        .takeWhile(l -> l.endsWith(";"))
        .map(l -> l.substring(0, l.length() - 1).strip())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void whole() {
    assertThat(
            converted(
                    "aarch64",
                    """
                    C MP
                    { y=2; 1:r2=3; }
                    P0(int *x, int *y)
                    {
                      WRITE_ONCE(*x, 1);
                      smp_store_release(y, 1);
                    }
                    P1(int *x, int *y)
                    {
                      int r0;
                      r0 = smp_load_acquire(y);
                      int r1 = *x;
                    }
                    locations [x; 1:r2]
                    exists (1:r0=1 /\\ ~(1:r1=1 \\/ y=2))
                    """)
                .text())
        .isEqualTo(
            """
            AArch64 MP
            (* From C, by the mapping aarch64.
               P1: X0 is r0, X2 is r1, X4 is r2 *)
            {
            y=2;
            0:X0=x; 0:X1=y;
            1:X1=y; 1:X3=x; 1:X4=3;
            }
             P0           | P1           ;
             mov W2,#1    | ldar W0,[X1] ;
             str W2,[X0]  | ldr W2,[X3]  ;
             mov W2,#1    |              ;
             stlr W2,[X1] |              ;
            locations [[x]; 1:X4]
            exists (1:X0=1 /\\ not (1:X2=1 \\/ [y]=2))
            """);
  }

  @Test
  void addressesMakeAllWide() {
    String text =
        converted("ppc", "C T\n{ p=x; }\nP0(int **p)\n{ int *r = *p; *r = 1; }\nexists (x=1)\n")
            .text();
    assertThat(text).contains("int64_t p=x;\nint64_t x;\n", "ld r1,0(r2)", "std ");
    assertThat(body("ppc", "int r = *x;")).isEqualTo("lwz r1,0(r2)");
    assertThat(body("ppc", "int r = 1 - *x;")).contains("ld ");
  }

  @Test
  void locksStayNarrow() {
    String test = "C T\n{ p=x; }\nP0(spinlock_t *l)\n{ spin_lock(l); }\nexists (l=1)\n";
    String text = converted("riscv", test).text();
    assertThat(text)
        .contains("int64_t p=x;")
        .doesNotContain("int64_t l")
        .contains("filter (0:x31=1)");
  }

  @Test
  void locationsAreNotCalledAsRegisters() {
    Converted test =
        converted(
            "riscv", "C T\n{}\nP0(int *x1, int *x1_)\n{ *x1 = 1; *x1_ = 2; }\nexists (x1=1)\n");
    assertThat(test.text()).contains("location x1__ is x1 in C", "exists ([x1__]=1)");
    assertThat(test.locations()).containsEntry("x1__", "x1").hasSize(1);
  }

  @Test
  void x86NamesLocations() {
    assertThat(body("x86", "int r = READ_ONCE(*x); WRITE_ONCE(*y, r + 1);"))
        .isEqualTo("movl (x),%ebx\nmovl %ebx,%ecx\naddl $1,%ecx\nmovl %ecx,(y)");
  }

  @Test
  void comparisonsAsValues() {
    String body = "int r = READ_ONCE(*x); WRITE_ONCE(*y, r == 2);";
    assertThat(body("aarch64", body)).contains("cmp W0,#2\ncset W3,eq\nstr W3,[X2]");
    assertThat(body("x86", body)).contains("cmpl $2,%ebx\nmovl $0,%ecx\nsete %cl");
    assertThat(body("riscv", body)).contains("xor x4,x1,x5\nseqz x4,x4");
    assertThat(body("ppc", body)).contains("xori r4,r1,2\ncntlzw r4,r4\nsrwi r4,r4,5\nstw r4");
  }

  @Test
  void comparisonsOnPower() {
    assertThat(body("ppc", "int r = *x; int q = *y; int s = r != q;"))
        .endsWith("xor r5,r1,r3\ncntlzw r5,r5\nsrwi r5,r5,5\nxori r5,r5,1");
    assertThat(body("ppc", "int r = *x; int s = r != 0;"))
        .endsWith("cntlzw r3,r1\nsrwi r3,r3,5\nxori r3,r3,1");
    assertThat(body("ppc", "int r = *x; int q = *y; int s = r >= q;"))
        .endsWith("sub r5,r1,r3\nsrdi r5,r5,63\nxori r5,r5,1");
    assertThat(body("ppc", "int r = *x; int q = *y; int s = r > q;"))
        .endsWith("sub r5,r3,r1\nsrdi r5,r5,63");
    assertThatThrownBy(() -> body("ppc", "int r = 1 - *x; int s = r < *y;"))
        .isInstanceOf(LitmusException.class)
        .hasMessageStartingWith("T.litmus:5:")
        .hasMessageContaining("< cannot be said in PPC without changing dependencies");
  }

  @Test
  void timesZeroKeepsTheDependency() {
    String body = "int r = READ_ONCE(*x); WRITE_ONCE(*y, r * 0);";
    assertThat(body("aarch64", body)).contains("eor W3,W0,W0");
    assertThat(body("ppc", body)).contains("xor r4,r1,r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aarch64", "ppc", "riscv", "x86"})
  void branches(String mapping) {
    String body =
        body(
            mapping,
            """
            int r = READ_ONCE(*x);
            if (r == 1 && !(r < 0 || r > 7)) WRITE_ONCE(*y, 1); else WRITE_ONCE(*y, 2);
            while (READ_ONCE(*x) != 3) { if (r) break; else continue; }
            """);
    List<String> labels =
        body.lines().filter(l -> l.endsWith(":")).map(l -> l.replace(":", "")).toList();
    assertThat(labels).doesNotHaveDuplicates();
    assertThat(
            body.lines()
                .filter(l -> l.contains("LC0"))
                .map(l -> l.replaceAll(".*(LC\\d+).*", "$1")))
        .isSubsetOf(labels);
  }

  @Test
  void compoundAssignments() {
    assertThat(body("aarch64", "int r = 1; int q = r++; q += r; *x |= q;"))
        .isEqualTo(
            """
            mov W0,#1
            mov W3,W0
            add W0,W0,#1
            mov W1,W3
            add W1,W1,W0
            ldr W3,[X2]
            orr W4,W3,W1
            str W4,[X2]\
            """);
  }

  @Test
  void theNewValueIsTheOldOneAndMore() {
    assertThat(body("aarch64", "int r = atomic_add_return(2, x);"))
        .isEqualTo("mov W2,#2\nldaddal W2,W0,[X1]\nadd W0,W0,#2");
  }

  @Test
  void whatIsNotCovered() {
    assertThatThrownBy(() -> body("aarch64", "rcu_read_lock();"))
        .isInstanceOf(LitmusException.class)
        .hasMessageStartingWith("T.litmus:5:1:")
        .hasMessageContaining("rcu_read_lock() has no mapping to AArch64");
    assertThatThrownBy(() -> body("x86", "smp_memb();"))
        .hasMessageContaining("smp_memb() has no mapping to X86_64");
    assertThatThrownBy(() -> body("x86", "nosuch();")).hasMessageContaining("Unknown macro nosuch");
  }

  @Test
  void registersEnd() {
    String many =
        IntStream.range(0, 20).mapToObj(i -> "int r" + i + " = *x;").collect(Collectors.joining());
    assertThat(body("ppc", many)).isNotEmpty();
    assertThatThrownBy(() -> body("x86", many))
        .isInstanceOf(LitmusException.class)
        .hasMessage("T.litmus: P0 needs more registers than X86_64 has");
  }
}
