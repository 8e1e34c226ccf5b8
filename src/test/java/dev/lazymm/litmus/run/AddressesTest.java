package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the accesses of all instruction sets go, and how much they access there. */
class AddressesTest {
  private static final Map<String, String> INIT =
      Map.of(
          "X86_64", "p=x; 0:rdi=x; 0:rsi=p;",
          "AArch64", "p=x; 0:X8=x; 0:X9=p;",
          "PPC", "p=x; 0:r8=x; 0:r9=p;",
          "RISCV", "p=x; 0:x8=x; 0:x9=p;");

  private static Result run(String language, String code) throws IOException {
    String rows = code.replace(";", " ;\n");
    String text =
        "%s t\n{ x=0; %s a=1; b=2; c=3; d=4; e=5; f=6; g=7; h=8; }\nP0 ;\n%s ;\nexists (x=0)\n"
            .formatted(language, INIT.get(language), rows);
    Tools tools = Tools.load(Request.of("sc"));
    return Suite.run(tools.read(Source.of("t", text)), tools.model(language).model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X86_64  | movl $1,(%rdi); movq (x),%rax
          AArch64 | STR W1,[X8]; LDR X2,[X8]
          AArch64 | EOR X3,X3,X3; LDXR W2,[X8]; LDR X4,[X8,X3]
          PPC     | stw r1,0(r8); ldx r2,r0,r8
          PPC     | lwz r1,0(r8); xor r2,r1,r1; ldarx r3,r2,r8
          RISCV   | sw x1,(x8); lr.d x2,(x8)
          RISCV   | amoadd.w x1,x2,(x8); ld x3,(x8)
          """)
  void oneSize(String language, String code) {
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> run(language, code))
        .satisfies(e -> assertThat(e.line()).isEqualTo(3 + code.split(";").length))
        .withMessageContaining("accesses of mixed sizes are not supported");
  }

  /** What is at an address that was read is known only when it is read; then it is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X86_64  | movl $1,(x); movq (p),%rbx; movq (%rbx),%rax
          AArch64 | STR W1,[X8]; LDR X2,[X9]; LDR X3,[X2]
          PPC     | stw r1,0(r8); ld r2,0(r9); ld r3,0(r2)
          RISCV   | sw x1,(x8); ld x2,(x9); ld x3,(x2)
          """)
  void oneSizeOfWhatIsReadAsAnAddress(String language, String code) throws IOException {
    assertThat(run(language, code).strays())
        .singleElement()
        .asString()
        .startsWith("P0 may access what is no location of 8 bytes, in line 6: ");
    String agreeing = code.replace("movl", "movq").replace("W1", "X1").replace("sw", "sd");
    Result result = run(language, agreeing.replace("stw", "std"));
    assertThat(result.strays()).isEmpty();
    assertThat(result.positive() + result.negative()).isEqualTo(1);
  }

  /** Nothing is known of how far one location is from another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AArch64 | LDR W1,[X8,#4]
          AArch64 | LDR W1,[X8],#1; LDR W2,[X8]
          PPC     | lwz r1,4(r8)
          PPC     | li r2,-1; stwx r1,r2,r8
          RISCV   | addi x8,x8,8; lw x1,(x8)
          X86_64  | addq $8,%rdi; movl (%rdi),%eax
          """)
  void noOffsetLeadsToAnotherLocation(String language, String code) throws IOException {
    assertThat(run(language, code).strays())
        .singleElement()
        .asString()
        .startsWith("P0 may access what is no location of 4 bytes, in line ");
  }

  /** A value that is added to itself is twice as large each time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X86_64  | movl (x),%eax   | addl %eax,%eax
          AArch64 | LDR W1,[X8]     | ADD W1,W1,W1
          PPC     | lwz r1,0(r8)    | add r1,r1,r1
          RISCV   | lw x1,(x8)      | add x1,x1,x1
          """)
  void valuesThatAreTooLarge(String language, String load, String add) throws IOException {
    assertThat(run(language, load + (";" + add).repeat(3)).positive()).isEqualTo(1);
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> run(language, load + (";" + add).repeat(70)))
        .withMessageContaining("a value that depends in over 5000 ways on reads")
        .satisfies(e -> assertThat(e.line()).isBetween(6, 40))
        .satisfies(e -> assertThat(e.column()).isPositive());
  }
}
