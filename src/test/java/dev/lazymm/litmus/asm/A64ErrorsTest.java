package dev.lazymm.litmus.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.isa.AArch64;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about instructions of ARMv8 that are not as they should be, and where. */
class A64ErrorsTest {
  private static LitmusException error(String test) {
    return assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() ->
            AsmLitmus.parse(Source.of("t", test), new AArch64(), AsmLitmus.Options.defaults()))
        .actual();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FOO X0               |  1 | there is no instruction foo in AArch64
          LDP X0,X1,[X2]       |  1 | ldp accesses pairs: accesses of mixed sizes are not supported
          STXP W0,X1,X2,[X3]   |  1 | stxp accesses pairs: accesses of mixed sizes are not supported
          CASP X0,X1,X2,X3,[X4] | 1 | casp accesses pairs: accesses of mixed sizes are not supported
          LDRB W0,[X1]         |  1 | ldrb accesses less than 4 bytes, or extends: accesses of mixed sizes are not supported
          STLRH W0,[X1]        |  1 | stlrh accesses less than 4 bytes, or extends: accesses of mixed sizes are not supported
          LDRSW X0,[X1]        |  1 | ldrsw accesses less than 4 bytes, or extends: accesses of mixed sizes are not supported
          SWPALB W0,W1,[X2]    |  1 | swpalb accesses less than 4 bytes, or extends: accesses of mixed sizes are not supported
          MOV W0               |  1 | mov takes 2 operands, as in MOV X0,X1
          MOV W0,#1,#2         | 11 | mov takes 2 operands, as in MOV X0,X1
          NOP X0               |  5 | nop takes no operands, as in NOP
          ADD X0,X1            |  1 | add takes 3 to 4 operands, as in ADD X0,X1,X2
          MOV Y0,#1            |  5 | there is no register Y0
          MOV X31,#1           |  5 | there is no register X31
          MOV #1,X0            |  5 | expected a register
          MOV W0,X1            |  8 | expected a register of 32 bits, as the others are
          ADD X0,X1,W2         | 11 | expected a register of 64 bits, as the others are
          ADD W0,W1,W2,LSL #32 | 14 | expected a shift from 0 to 31
          ADD X0,X1,W2,SXTW #5 | 14 | expected a shift from 0 to 4
          ADD X0,X1,X2,FOO #1  | 14 | expected LSL, LSR, ASR, ROR or an extension, as in SXTW
          EOR X0,X1,X2,#1      | 14 | expected a shift or an extension, as in LSL #1
          MOV W0,#4294967296   |  8 | expected a number from -2147483648 to 4294967295
          MOVZ X0,#65536       |  9 | expected a number from 0 to 65535
          MOVZ W0,#1,LSL #32   | 12 | expected LSL by 0, 16, 32 or 48 bits that the register has
          LSL W0,W1,#32        | 11 | expected a number from 0 to 31
          CSEL X0,X1,X2,XX     | 15 | expected a condition, as in EQ
          CSET X0,#1           |  9 | expected a condition, as in EQ
          LDR X0,X1            |  8 | expected an address in brackets, as in [X0]
          LDR X0,[W1]          |  9 | expected a register of 64 bits, as in [X0]
          LDR X0,[XZR]         |  9 | expected a register of 64 bits, as in [X0]
          LDR X0,[X1,W2]       | 12 | expected a register of 64 bits, or SXTW or UXTW after it
          LDR X0,[X1,W2,LSL #2] | 15 | expected SXTW or UXTW
          LDR X0,[X1,X2,SXTW]  | 15 | expected LSL or SXTX
          LDR X0,[X1,#40000]   | 12 | expected a number from -256 to 32760
          LDR X0,[X1]!         |  8 | expected an offset, as in [X0,#8]!
          LDR X0,[X1,X2]!      |  8 | expected an address, as in [X0,#8]! or [X0,X1,LSL #3]
          LDR X0,[X1,#8],#8    |  8 | expected only a register before an offset, as in [X0],#8
          LDR X1,[X1],#8       |  1 | the base register is also what is loaded or stored; use two registers
          LDAR X0,[X1,#8]      |  9 | expected an address that is only a register, as in [X0]
          STXR X0,X1,[X2]      |  1 | expected a status register of 32 bits, as in W0
          STXR W0,W0,[X2]      |  1 | the status register is also the base or what is stored; use another register
          STXR W2,X1,[X2]      |  1 | the status register is also the base or what is stored; use another register
          ISB LD               |  5 | expected SY, or nothing
          MVN X0,#1            |  8 | expected a register
          NEG X0,X1,ROR #1     | 11 | expected LSL, LSR or ASR: only bits are rotated
          ADD X0,X1,X2,ROR #1  | 14 | expected LSL, LSR or ASR: only bits are rotated
          ADD X0,X1,X2,LSL     | 14 | expected a shift or an extension, as in LSL #1
          ADD X0,X1,#1,LSL #4  | 14 | expected LSL #0 or LSL #12
          AND X0,X1,#1,LSL #12 | 14 | expected nothing more after a number
          ADD X0,X1,W2,SXTX    | 11 | expected a register of 64 bits, as SXTX extends it
          ADD W0,W1,X2,SXTW    | 11 | expected a register of 32 bits, as SXTW extends it
          SXTW X0,X1           |  9 | expected a register of 32 bits, as in W1
          CSET X0,AL           |  9 | expected a condition other than AL and NV, as in EQ
          CINC X0,X1,NV        | 12 | expected a condition other than AL and NV, as in EQ
          LDR X0,word [X1]     |  8 | expected an address in brackets, as in [X0]
          LDR X0,[X1,X2,LSL #2] | 15 | expected a shift by 0 or by 3, as 8 bytes are accessed
          LDR W0,[X1,W2,SXTW #3] | 15 | expected a shift by 0 or by 2, as 4 bytes are accessed
          CAS W0,X1,[X2]       |  8 | expected a register of 32 bits, as the others are
          DMB                  |  1 | dmb takes 1 operand, as in DMB SY
          DMB NSH              |  5 | expected SY, LD, ST, ISH, ISHLD, ISHST, OSH, OSHLD or OSHST
          B #1                 |  3 | expected a label
          B.EQ L9              |  1 | there is no label L9
          TBZ W0,#32,L0        |  8 | expected a number from 0 to 31
          """)
  void instructions(String instruction, int column, String problem) {
    String text = "AArch64 t\n{ }\n P0 ;\n" + instruction + " ;\n L0: ;\nexists (0:X0=0)\n";
    LitmusException e = error(text);
    assertThat(e.problem()).startsWith(problem);
    assertThat(e.line()).isEqualTo(4);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void picture() {
    assertThat(error("AArch64 t\n{ }\n P0 | P1 ;\n NOP | MOV W0,X1 ;\nexists (0:X0=0)\n"))
        .hasMessage(
            """
            t:4:15: expected a register of 32 bits, as the others are
               NOP | MOV W0,X1 ;
                            ^\
            """);
  }

  @Test
  void mixedSizes() {
    assertThat(
            error(
                """
                AArch64 t
                { 0:X1=x; 1:X1=x; }
                 P0          | P1          ;
                 STR W0,[X1] | NOP         ;
                             | LDR X0,[X1] ;
                exists (1:X0=0)
                """))
        .hasMessage(
            """
            t:5:16: x is accessed with 8 bytes here, and with 4 in line 4: accesses of mixed sizes are not supported
                           | LDR X0,[X1] ;
                             ^\
            """);
  }
}
