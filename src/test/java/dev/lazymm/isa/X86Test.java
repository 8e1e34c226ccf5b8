package dev.lazymm.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.isa.Op.CompareAndSwap.Course;
import dev.lazymm.isa.grammar.AsmLexer;
import dev.lazymm.isa.grammar.AsmParser;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class X86Test {
  private static final X86 NARROW = X86.narrow();
  private static final X86 WIDE = X86.wide();
  private static final Operand X = new Operand.Location("x");
  private static final Set<String> ATOMIC = Set.of("X");

  private static List<Op> decode(Isa isa, String text) {
    var tokens = new CommonTokenStream(new AsmLexer(CharStreams.fromString(text)));
    return isa.decode(Table.line(new AsmParser(tokens).only().cell()));
  }

  private static Op first(Isa isa, String text) {
    return decode(isa, text).getFirst();
  }

  private static Operand register(String name) {
    return Operand.register(name);
  }

  private static Operand one() {
    return Operand.number(1);
  }

  // ---- how it is written -----------------------------------------------------------------------

  @Test
  void intelOrder() {
    Op load = new Op.Load("EAX", X, 4, Set.of(), false);
    Op store = new Op.Store(X, one(), 4, Set.of());
    for (String text : List.of("MOV EAX,[x]", "mov eax, [x]", "MOVL %eax,dword ptr [x]")) {
      assertThat(decode(NARROW, text)).as(text).containsExactly(load);
    }
    for (String text : List.of("MOV [x],$1", "mov [x], 1", "mov DWORD PTR [x], 0x1")) {
      assertThat(decode(NARROW, text)).as(text).containsExactly(store);
    }
  }

  @Test
  void attOrder() {
    assertThat(decode(WIDE, "movl (x),%eax"))
        .containsExactly(new Op.Load("rax", X, 4, Set.of(), false));
    assertThat(decode(WIDE, "movq $1,(%r9)"))
        .containsExactly(new Op.Store(register("r9"), one(), 8, Set.of()));
    assertThat(decode(WIDE, "movl %ebx,(x)"))
        .containsExactly(new Op.Store(X, register("rbx"), 4, Set.of()));
    assertThat(decode(WIDE, "movq $x,%rdi")).containsExactly(new Op.Move("rdi", X));
  }

  @ParameterizedTest
  @CsvSource({"EAX,EAX,rax", "%?,,", "eax,EAX,rax", "rax,,rax", "R8D,,r8", "r15,,r15", "al,,"})
  void registers(String name, String narrow, String wide) {
    assertThat(NARROW.register(name)).isEqualTo(narrow);
    assertThat(WIDE.register(name)).isEqualTo(wide);
  }

  @Test
  void exchangesInEitherOrder() {
    Op exchange = new Op.Modify("EAX", X, null, register("EAX"), 4, ATOMIC, ATOMIC);
    assertThat(decode(NARROW, "XCHG [x],EAX")).containsExactly(exchange);
    assertThat(decode(NARROW, "LOCK XCHG EAX,[x]")).containsExactly(exchange);
    assertThat(first(WIDE, "lock xaddl %ebx,(x)"))
        .isEqualTo(first(WIDE, "lock xaddl (x),%ebx"))
        .isEqualTo(new Op.Modify(".old", X, Operator.ADD, register("rbx"), 4, ATOMIC, ATOMIC));
    assertThat(decode(WIDE, "lock cmpxchgq %rbx,(x)"))
        .isEqualTo(decode(WIDE, "lock cmpxchgq (x),%rbx"))
        .contains(
            new Op.CompareAndSwap(
                "rax",
                X,
                register("rax"),
                register("rbx"),
                8,
                ATOMIC,
                ATOMIC,
                ATOMIC,
                Course.SIMPLE));
  }

  // ---- what it does ----------------------------------------------------------------------------

  @Test
  void lockedIsOneAndElseItIsTwo() {
    assertThat(first(NARROW, "LOCK SUB [x],EBX"))
        .isEqualTo(new Op.Modify(".old", X, Operator.SUB, register("EBX"), 4, ATOMIC, ATOMIC));
    assertThat(decode(NARROW, "SUB [x],EBX"))
        .startsWith(
            new Op.Load(".old", X, 4, Set.of(), false),
            new Op.Store(
                X, Operand.binary(Operator.SUB, register(".old"), register("EBX")), 4, Set.of()));
    assertThat(first(NARROW, "LOCK DEC [x]"))
        .isEqualTo(new Op.Modify(".old", X, Operator.SUB, one(), 4, ATOMIC, ATOMIC));
  }

  @Test
  void fences() {
    for (String name : List.of("MFENCE", "LFENCE", "SFENCE")) {
      assertThat(decode(NARROW, name)).containsExactly(new Op.Fence(Set.of(name)));
      assertThat(NARROW.sets()).contains(name);
    }
    assertThat(decode(NARROW, "NOP")).isEmpty();
  }

  @Test
  void branchesAskHowTwoCompare() {
    assertThat(decode(NARROW, "CMP EAX,$1"))
        .containsExactly(new Op.Move(".left", register("EAX")), new Op.Move(".right", one()));
    assertThat(decode(WIDE, "cmpl $1,%eax"))
        .containsExactly(new Op.Move(".left", register("rax")), new Op.Move(".right", one()));
    assertThat(decode(NARROW, "JLE out"))
        .containsExactly(
            new Op.Branch(
                Operand.binary(Operator.LE, register(".left"), register(".right")), "out"));
    assertThat(decode(NARROW, "JMP out")).containsExactly(new Op.Branch(null, "out"));
  }

  /** What is loaded to compute with must not be lost to what is kept of the result's place. */
  @Test
  void anOperandInMemory() {
    assertThat(decode(NARROW, "ADD EAX,[x]"))
        .startsWith(
            new Op.Load(".read", X, 4, Set.of(), false),
            new Op.Move(".old", register("EAX")),
            new Op.Move("EAX", Operand.binary(Operator.ADD, register(".old"), register(".read"))));
  }

  /** The flags are those of what was in the register, not of what is there after. */
  @Test
  void aRegisterWithItself() {
    Operand none = Operand.binary(Operator.XOR, register(".old"), register(".old"));
    assertThat(decode(NARROW, "XOR EAX,EAX"))
        .containsExactly(
            new Op.Move(".old", register("EAX")),
            new Op.Move("EAX", none),
            new Op.Move(".left", none),
            new Op.Move(".right", Operand.number(0)));
    assertThat(decode(NARROW, "SUB EAX,EAX"))
        .endsWith(new Op.Move(".left", register(".old")), new Op.Move(".right", register(".old")));
  }

  @Test
  void registersExchangedAndAdded() {
    Op sum = new Op.Move("rbx", Operand.binary(Operator.ADD, register(".old"), register("rax")));
    assertThat(decode(WIDE, "xaddl %eax,%ebx"))
        .contains(sum)
        .endsWith(new Op.Move("rax", register(".old")));
    assertThat(decode(NARROW, "XADD EBX,EAX")).endsWith(new Op.Move("EAX", register(".old")));
  }

  @Test
  void oneByteOfARegister() {
    Operand condition = Operand.binary(Operator.NE, register(".left"), register(".right"));
    assertThat(decode(NARROW, "SETNE CL"))
        .containsExactly(
            new Op.Move(
                "ECX",
                Operand.binary(
                    Operator.OR,
                    Operand.binary(Operator.AND, register("ECX"), Operand.number(~0xffL)),
                    condition)));
    assertThat(decode(WIDE, "movzbl %cl,%edx"))
        .containsExactly(
            new Op.Move("rdx", Operand.binary(Operator.AND, register("rcx"), Operand.number(255))));
    assertThat(decode(NARROW, "CMOVE EAX,EBX"))
        .containsExactly(
            new Op.Select(
                "EAX",
                Operand.binary(Operator.EQ, register(".left"), register(".right")),
                register("EBX"),
                register("EAX")));
  }

  // ---- errors ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MOVE EAX,[x]     | 1 | there is no instruction move in X86
          JQ out           | 1 | there is no instruction jq in X86
          MOV EAX,x        | 9 | there is no register x; a location is written [x]
          MOV [x],[y]      | 1 | both operands are in memory; expected one of them in a register
          MOV $1,EAX       | 1 | expected a register or memory to write
          MOV EAX          | 1 | mov has 1 operand; expected 2
          MOVB [x],$1      | 1 | accesses of 1 byte are not supported: no mixed sizes; expected 4
          MOV WORD PTR [x],$1 | 5 | accesses of 2 bytes are not supported: no mixed sizes; expected 4
          MOV QWORD PTR [x],$1 | 5 | accesses of 8 bytes are for X86_64; expected 4
          MOV FAR PTR [x],$1 | 5 | expected DWORD PTR or QWORD PTR before [
          MOV AL,$1        | 1 | registers of 1 or 2 bytes are only supported in SETcc and MOVZX
          MOV EAX,4(EBX)   | 9 | offsets are not supported: a location is one variable
          MOV EAX,[x,y]    | 9 | expected a location or a register in [ ], as in [x]
          MOV EAX,[al]     | 9 | al has too few bytes for an address
          LOCK ADD EAX,$1  | 1 | LOCK is for ADD, SUB, AND, OR, XOR, INC, DEC, XADD, CMPXCHG and XCHG that change memory
          LOCK MOV [x],$1  | 1 | LOCK is for ADD, SUB, AND, OR, XOR, INC, DEC, XADD, CMPXCHG and XCHG that change memory
          CMPXCHG [x],EBX  | 1 | cmpxchg is supported with LOCK and memory only
          JB out           | 1 | jb is not supported: carry, overflow and parity are not kept of the flags
          SETE EAX         | 1 | expected a register of 1 byte to set
          MOVZX EAX,EBX    | 1 | expected a register of 1 or 2 bytes to extend
          JMP $1           | 1 | expected a label after jmp
          MOVNTI [x],EAX   | 1 | movnti is not supported: no non-temporal accesses
          CLFLUSH [x]      | 1 | clflush is not supported: caches are not modelled
          """)
  void errors(String text, int column, String message) {
    assertThatThrownBy(() -> decode(NARROW, text))
        .isInstanceOfSatisfying(
            IsaException.class, e -> assertThat(e.place().column()).as(text).isEqualTo(column))
        .hasMessage(message);
  }

  @Test
  void sizesThatDoNotGoTogether() {
    assertThatThrownBy(() -> decode(WIDE, "movl %rax,(x)"))
        .hasMessage("operands of 4 and of 8 bytes do not go together");
  }
}
