package dev.lazymm.isa;

import dev.lazymm.isa.X86Registers.Part;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * x86, of 32 and of 64 bits: the two languages that herd knows, which differ in more than width.
 * X86 is written in Intel's order, {@code MOV EAX,[x]}, and X86_64 in AT&T's, {@code movl
 * (x),%eax}.
 *
 * <p>Registers hold 64 bits in both, and nothing is cut to 32.
 */
public final class X86 implements Isa {
  private static final Pattern NON_TEMPORAL = Pattern.compile("v?movnt.*|maskmov.*");
  private static final Pattern CACHE =
      Pattern.compile("clflush|clflushopt|clwb|cldemote|wbinvd|invd");

  private final boolean wide;
  private final X86Registers registers;

  private X86(boolean wide) {
    this.wide = wide;
    registers = new X86Registers(wide);
  }

  /** {@return X86, which has 32 bits} */
  public static X86 narrow() {
    return new X86(false);
  }

  /** {@return X86_64} */
  public static X86 wide() {
    return new X86(true);
  }

  @Override
  public String name() {
    return wide ? "X86_64" : "X86";
  }

  @Override
  public List<Op> decode(Line line) {
    String name = line.mnemonic().replaceFirst("^lock ", "");
    if (NON_TEMPORAL.matcher(name).matches()) {
      throw new IsaException(line.place(), name + " is not supported: no non-temporal accesses");
    }
    if (CACHE.matcher(name).matches()) {
      throw new IsaException(line.place(), name + " is not supported: caches are not modelled");
    }
    return new X86Meaning(X86Instruction.of(line, registers, wide), name(), registers).ops();
  }

  @Override
  public @Nullable String register(String name) {
    Part part = registers.find(name);
    return part == null || part.size() < 4 ? null : part.register();
  }

  @Override
  public Set<String> sets() {
    return Set.of("X", "MFENCE", "LFENCE", "SFENCE");
  }

  @Override
  public Set<String> relations() {
    return Set.of("si");
  }
}
