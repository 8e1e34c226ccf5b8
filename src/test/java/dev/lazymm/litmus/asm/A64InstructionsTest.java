package dev.lazymm.litmus.asm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.isa.AArch64;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Suite;
import dev.lazymm.litmus.run.Tools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What instructions of ARMv8 compute. */
class A64InstructionsTest {
  private static final long[] WORDS = {0, 1, 2, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL};
  private static final long[] LONGS = {
    0, 1, 5, Long.MAX_VALUE, Long.MIN_VALUE, -1, -5, 1L << 32, 0xffff_ffffL
  };

  /** Instructions divided by ;; x is 0x0102030405060708 in X1, and X2 is 3. */
  private static String test(String instructions, String shown) {
    return "AArch64 t\n{ 0:X1=72623859790382856; 0:X2=3; 0:X9=x; 0:X8=y; x=7; }\n P0 ;\n "
        + instructions.strip().replace(";", ";\n")
        + " ;\nlocations ["
        + shown
        + "]\nexists (0:X30=0)\n";
  }

  private static Set<String> states(String text) throws IOException {
    Tools tools = Tools.load(Request.of("armv8"));
    LitmusTest test = tools.read(Source.of("t", text));
    return Set.copyOf(Suite.run(test, tools.model("AArch64").model()).states());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MOV W0,#1                                | 1
          MOV W0,#-1                               | 4294967295
          MOV X0,#-1                               | -1
          MOV X0,#0x10                             | 16
          MOV W0,W1                                | 84281096
          MOV X0,XZR                               | 0
          MOVZ X0,#1,LSL #32                       | 4294967296
          MOVN W0,#0                               | 4294967295
          MOVZ X0,#7; MOVK X0,#1,LSL #16           | 65543
          MVN W0,WZR                               | 4294967295
          MVN X0,X2                                | -4
          MVN X0,X2,LSL #1                         | -7
          NEG X0,X2                                | -3
          NEG W0,W2                                | 4294967293
          NEGS X0,X2; CSET X0,MI                   | 1
          ADD X0,X2,#4                             | 7
          ADD W0,W2,#-4                            | 4294967295
          ADD X0,X2,#1,LSL #12                     | 4099
          ADD X0,X2,X2                             | 6
          ADD X0,X2,X2,LSL #2                      | 15
          ADD X0,X2,X2,LSR #1                      | 4
          MOV W3,#-1; ADD X0,X2,W3,SXTW            | 2
          MOV W3,#-1; ADD X0,X2,W3,UXTW            | 4294967298
          MOV W3,#-1; ADD X0,X2,W3,SXTW #2         | -1
          ADD X0,XZR,X1,UXTB                       | 8
          ADD X0,XZR,X1,UXTH #1                    | 3600
          MOV W3,#0x80; ADD X0,XZR,X3,SXTB         | -128
          ADD X0,X2,X2,SXTX                        | 6
          SUB X0,X2,#4                             | -1
          SUB W0,W2,#4                             | 4294967295
          SUBS W0,W2,W2; CSET X0,EQ                | 1
          SUBS X2,X2,#1; MOV X0,X2                 | 2
          ADDS X0,X2,#1                            | 4
          AND X0,X1,#0xff                          | 8
          ANDS W0,W1,#0xf00                        | 1792
          BIC X0,X2,#1                             | 2
          BICS X0,X2,X2; CSET X0,EQ                | 1
          ORR X0,X2,#8                             | 11
          ORR W0,W2,W2,LSL #30                     | 3221225475
          ORN W0,WZR,W2                            | 4294967292
          EOR X0,X2,#1                             | 2
          EON X0,X2,X2                             | -1
          LSL W0,W2,#31                            | 2147483648
          LSL X0,X2,X2                             | 24
          MOV X3,#-1; LSR X0,X3,#60                | 15
          MOV X3,#-1; LSR X0,X3,#0                 | -1
          MOV W3,#-1; LSR W0,W3,#28                | 15
          MOV X3,#-16; ASR X0,X3,#2                | -4
          MOV W3,#-16; ASR W0,W3,#2                | 4294967292
          ROR X0,X2,#1                             | -9223372036854775807
          ROR W0,W2,#1                             | 2147483649
          ROR W0,W2,#0                             | 3
          MUL X0,X2,X2                             | 9
          SXTB X0,W1                               | 8
          MOV W3,#-2; SXTW X0,W3                   | -2
          UXTB W0,W1                               | 8
          UXTH W0,W1                               | 1800
          CMP X2,#3; CSEL X0,X2,XZR,EQ             | 3
          CMP X2,#3; CSEL X0,X2,XZR,NE             | 0
          CMP X2,#3; CSINC X0,X2,X2,NE             | 4
          CMP X2,#3; CSINV X0,X2,X2,NE             | -4
          CMP X2,#3; CSNEG X0,X2,X2,NE             | -3
          CMP X2,#3; CSET W0,EQ                    | 1
          CMP X2,#3; CSETM X0,EQ                   | -1
          CMP X2,#3; CINC X0,X2,EQ                 | 4
          CMP X2,#3; CINV X0,X2,EQ                 | -4
          CMP X2,#3; CNEG X0,X2,NE                 | 3
          CMP X2,#3; CSEL X0,X2,XZR,AL             | 3
          CMN X2,#-3; CSET X0,EQ                   | 1
          TST X2,#4; CSET X0,EQ                    | 1
          NOP; ISB; MOV X0,#2                      | 2
          B L0; MOV X0,#1; L0:                     | 0
          CMP X2,#4; B.LT L0; MOV X0,#1; L0:       | 0
          CMP X2,#4; BGE L0; MOV X0,#1; L0:        | 1
          CMP X2,#4; B.AL L0; MOV X0,#1; L0:       | 0
          CBZ X2,L0; MOV X0,#1; L0:                | 1
          CBNZ W2,L0; MOV X0,#1; L0:               | 0
          TBZ X2,#2,L0; MOV X0,#1; L0:             | 0
          TBNZ X2,#2,L0; MOV X0,#1; L0:            | 1
          MOV X0,#4; L0: SUB X0,X0,#2; CBNZ X0,L0  | 0
          LDR W0,[X9]                              | 7
          LDUR W0,[X9]                             | 7
          LDAR W0,[X9]                             | 7
          LDAPR W0,[X9]                            | 7
          LDXR W0,[X9]                             | 7
          LDAXR W0,[X9]                            | 7
          LDR WZR,[X9]                             | 0
          MOV X3,#-4; ADD X4,X9,#4; LDR W0,[X4,X3] | 7
          ADD X4,X9,#4; LDR W0,[X4,#-4]            | 7
          MOV W3,#-4; ADD X4,X9,#4; LDR W0,[X4,W3,SXTW]   | 7
          MOV W3,#-1; ADD X4,X9,#4; LDR W0,[X4,W3,SXTW #2] | 7
          MOV X3,#-1; ADD X4,X9,#4; LDR W0,[X4,X3,LSL #2]  | 7
          MOV X3,#-1; ADD X4,X9,#4; LDR W0,[X4,X3,SXTX #2] | 7
          ADD X4,X9,#4; LDR W0,[X4,#-4]!           | 7
          LDR W3,[X9],#4; ADD X4,X9,#-4; LDR W0,[X4] | 7
          ADD X4,X9,#4; LDR W3,[X4,#-4]!; LDR W0,[X4] | 7
          STR W2,[X9]; LDR W0,[X9]                 | 3
          STR WZR,[X9]; LDR W0,[X9]                | 0
          STUR W2,[X9]; LDR W0,[X9]                | 3
          STLR W1,[X9]; LDR W0,[X9]                | 84281096
          STR W2,[X9],#8; SUB X4,X9,#8; LDR W0,[X4] | 3
          SWP W2,W0,[X9]                           | 7
          SWPAL W2,W3,[X9]; LDR W0,[X9]            | 3
          LDADD W2,W0,[X9]                         | 7
          LDADDA W2,W3,[X9]; LDR W0,[X9]           | 10
          MOV W3,#-8; LDADDL W3,W4,[X9]; LDR W0,[X9] | 4294967295
          LDCLRAL W2,W3,[X9]; LDR W0,[X9]          | 4
          LDEOR W2,W3,[X9]; LDR W0,[X9]            | 4
          MOV W3,#8; LDSET W3,W4,[X9]; LDR W0,[X9] | 15
          STADD W2,[X9]; LDR W0,[X9]               | 10
          STADDL W2,[X9]; LDR W0,[X9]              | 10
          STCLR W2,[X9]; LDR W0,[X9]               | 4
          STEOR W2,[X9]; LDR W0,[X9]               | 4
          STSET W2,[X9]; LDR W0,[X9]               | 7
          MOV W0,#7; CAS W0,W2,[X9]; LDR W0,[X9]   | 3
          MOV W0,#8; CASAL W0,W2,[X9]              | 7
          MOV W0,#8; CASL W0,W2,[X9]; LDR W0,[X9]  | 7
          STXR W0,W2,[X9]                          | 1
          LDXR W3,[X9]; STXR W0,W2,[X8]            | 1
          LDXR W3,[X9]; STXR W4,W2,[X9]; STXR W0,W2,[X9] | 1
          """)
  void compute(String instructions, String value) throws IOException {
    assertThat(states(test(instructions, "0:X0;"))).containsExactly("0:X0=" + value + "; 0:X30=0;");
  }

  @Test
  void exclusiveStoreMayFailOrNot() throws IOException {
    assertThat(states(test("LDAXR W3,[X9]; STLXR W0,W2,[X9]", "0:X0; x;")))
        .containsExactlyInAnyOrder("0:X0=0; 0:X30=0; [x]=3;", "0:X0=1; 0:X30=0; [x]=7;");
  }

  // ---- flags -----------------------------------------------------------------------------------

  /** N, Z, C and V, as the manual's AddWithCarry has them. */
  private static String flags(long a, long b, int carry, int bits) {
    var one = java.math.BigInteger.ONE;
    var modulus = one.shiftLeft(bits);
    var x = java.math.BigInteger.valueOf(a).mod(modulus);
    var y = java.math.BigInteger.valueOf(b).mod(modulus);
    var half = modulus.shiftRight(1);
    var unsigned = x.add(y).add(java.math.BigInteger.valueOf(carry));
    var sx = x.compareTo(half) < 0 ? x : x.subtract(modulus);
    var sy = y.compareTo(half) < 0 ? y : y.subtract(modulus);
    var signed = sx.add(sy).add(java.math.BigInteger.valueOf(carry));
    var result = unsigned.mod(modulus);
    var back = result.compareTo(half) < 0 ? result : result.subtract(modulus);
    return bit(back.signum() < 0)
        + bit(result.signum() == 0)
        + bit(!unsigned.equals(result))
        + bit(!signed.equals(back));
  }

  private static String bit(boolean b) {
    return b ? "1" : "0";
  }

  /** Each condition as the manual writes it, of flags N, Z, C, V. */
  private static String conditions(String flags) {
    boolean n = flags.charAt(0) == '1';
    boolean z = flags.charAt(1) == '1';
    boolean c = flags.charAt(2) == '1';
    boolean v = flags.charAt(3) == '1';
    boolean[] all = {z, !z, c, !c, n, !n, v, !v, c && !z, !c || z, n == v, n != v, !z && n == v};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.length; i++) {
      text.append(i == 0 ? "" : " ").append("0:X").append(10 + i).append('=').append(bit(all[i]));
      text.append(';');
    }
    return text.append(" 0:X23=").append(bit(z || n != v)).append("; 0:X30=0;").toString();
  }

  private static final List<String> NAMES =
      List.of("EQ", "NE", "HS", "LO", "MI", "PL", "VS", "VC", "HI", "LS", "GE", "LT", "GT", "LE");

  private static String asked(String instruction) {
    StringBuilder text = new StringBuilder(instruction);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < NAMES.size(); i++) {
      text.append("; CSET W").append(10 + i).append(',').append(NAMES.get(i));
      shown.append("0:X").append(10 + i).append("; ");
    }
    return test(text.toString(), shown.toString());
  }

  private static List<String> wrong(String instruction, long[] numbers, int bits, char register)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    for (long a : numbers) {
      for (long b : numbers) {
        String text =
            asked(
                "MOV %1$c5,#0x%2$x; MOV %1$c6,#0x%3$x; %4$s %1$c5,%1$c6"
                    .formatted(register, a, b, instruction));
        String expected =
            switch (instruction) {
              case "CMP" -> flags(a, ~b, 1, bits);
              case "CMN" -> flags(a, b, 0, bits);
              default -> flags(a & b, 0, 0, bits);
            };
        Set<String> found = states(text);
        if (!found.equals(Set.of(conditions(expected)))) {
          wrong.add("%s %d,%d: %s, expected %s".formatted(instruction, a, b, found, expected));
        }
      }
    }
    return wrong;
  }

  @ParameterizedTest
  @CsvSource({"CMP", "CMN", "TST"})
  void flagsOfWords(String instruction) throws IOException {
    assertThat(wrong(instruction, WORDS, 32, 'W')).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CMP", "CMN", "TST"})
  void flagsOfLongs(String instruction) throws IOException {
    assertThat(wrong(instruction, LONGS, 64, 'X')).isEmpty();
  }

  @Test
  void namesOfRegisters() {
    AArch64 isa = new AArch64();
    assertThat(isa.register("w3")).isEqualTo("X3");
    assertThat(isa.register("X30")).isEqualTo("X30");
    assertThat(isa.register("X31")).isNull();
    assertThat(isa.register("XZR")).isNull();
  }
}
