package dev.lazymm.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macro;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.run.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What says that herd reads a test says no where herd says no. */
class HerdGrammarTest {
  private static final String C =
      """
      C R+mb

      (*
       * Result: Never (* nested *)
       *)

      {
      \tmm_count=2;
      \tp=x;
      }

      P0(atomic_t *mm_count, int *x)
      {
      \tint r0;
      \tint r1;

      \t// the drop
      \tr0 = atomic_fetch_sub(1, mm_count);
      \tsmp_mb();
      \tif (r0 == 2) {
      \t\tWRITE_ONCE(*x, r0 + 1);
      \t\tr1 = READ_ONCE(*x);
      \t}
      }

      P1(int **p, int *x)
      {
      \tint *r0;

      \tsmp_store_release(p, x);
      \tr0 = READ_ONCE(*p);
      \t*r0 = 3;
      }

      exists (0:r0=2 /\\ 1:r0=x /\\ mm_count=1)
      """;

  @Test
  void whatIsRightIsRead() {
    assertThatCode(() -> HerdGrammar.read(C)).doesNotThrowAnyException();
  }

  /**
   * Each is refused by herd7 7.58, or read as something else than it says, or is in no test of the
   * kernel's.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "C R+mb@C R mb@not a name",
        "smp_mb();@smp_memb();@smp_memb",
        "smp_mb();@set_bit(1, x);@set_bit",
        "smp_mb();@atomic_xchg(mm_count, 1);@atomic_xchg",
        "smp_mb();@r1 = smp_mb();@smp_mb",
        "smp_mb();@r1++;@expected =",
        "smp_mb();@while (r0 == 0) { }@while",
        "smp_mb();@WARN_ON(r0);@WARN_ON",
        "smp_mb();@smp_mb()@expected ;",
        "smp_mb();@long r2;@long",
        "int r1;@bool r1;@bool",
        "r0 == 2@!r0@no word of C",
        "r0 == 2@r0 == 2 && r1@& is no name",
        "r0 + 1@r0 -1@expected )",
        "READ_ONCE(*x)@READ_ONCE(x)@takes *x",
        "smp_store_release(p, x)@smp_store_release(*p, x)@takes an address",
        "smp_store_release(p, x)@smp_store_release(p)@expected ,",
        "smp_store_release(p, x)@smp_store_release(p, &x)@no name",
        "P1(int **p, int *x)@P1(int **p)@x is neither",
        "P1(int **p, int *x)@P1(int **p, struct mm *x)@no parameter",
        "P1(int **p, int *x)@P1(int **p, int *lock)@lock is no name",
        "P1(@P2(@not numbered",
        "1:r0=x@1:r1=x@nothing is called 1:r1",
        "1:r0=x@1:r0=&x@no equation",
        "1:r0=x@1:r0=y@no location y",
        "0:r0=2 /\\ 1@0:r0=2 && 1@no equation",
        "exists (@exist (@not a name",
        "(* nested *)@(* nested@does not end",
        "mm_count=2;@mm_count=2@no equation",
        "p=x;@p=x@does not end in ;",
        "mm_count=2;@int mm_count[2];@no equation"
      })
  void whatHerdDoesNotReadIsNotRead(String right, String wrong, String why) {
    refused(C, right, wrong, why);
  }

  private static void refused(String test, String right, String wrong, String why) {
    assertThat(test).contains(right);
    assertThatThrownBy(() -> HerdGrammar.read(test.replace(right, wrong)))
        .isInstanceOf(HerdGrammar.Refused.class)
        .hasMessageContaining(why);
  }

  private static String converted(String language) throws IOException {
    String counts =
        C.replace("p=x;\n", "").replaceAll("(?s)P1.*?\n}\n", "").replace("1:r0=x", "x=3");
    return Target.of(language).ofCounts().convert(Source.of("R+mb", counts), Macros.linux()).text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86", "aarch64", "ppc", "riscv"})
  void whatIsConvertedIsRead(String language) throws IOException {
    String test = converted(language);
    assertThatCode(() -> HerdGrammar.read(test)).as(test).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "x86@lock cmpxchgl (mm_count),%esi@lock cmpxchgl %esi,(mm_count)@no instruction",
        "x86@lock cmpxchgl (mm_count),%esi@lock xaddl %esi,(mm_count)@no instruction",
        "x86@addl $1,@subl $1,@no instruction",
        "x86@mfence@sete %al@no instruction",
        "x86@mfence@movl $x,%eax@no instruction",
        "x86@mfence@mfence |@2 columns",
        "x86@0:rbx=2@0:ebx=2@no register",
        "x86@0:rbx=2@1:rbx=2@no thread",
        "x86@[x]=3@[y]=3@no location",
        "x86@X86_64@X64@knows no",
        "aarch64@b.ne@b.NE@no instruction",
        "aarch64@LC002:@LC003:@label",
        "ppc@lwarx@ldarx@no instruction",
        "ppc@sync@mbar@no instruction",
        "riscv@amoadd.w.aq.rl@amoadd.w.aqrl@no instruction"
      })
  void assemblyThatHerdDoesNotReadIsNotRead(String language, String right, String wrong, String why)
      throws IOException {
    refused(converted(language), right, wrong, why);
  }

  /** Our list of macros is the kernel's, so that no test has one that herd would not know. */
  @Test
  void everyMacroIsOneOfLinuxKernelDef() throws IOException {
    Path def = data("cat/lkmm/linux-kernel.def");
    String text = Files.readString(def);
    Set<String> names = new TreeSet<>(Macros.linux().names());
    assertThat(names.removeAll(HerdC.OURS)).isTrue();
    for (String name : names) {
      Macro macro = Objects.requireNonNull(Macros.linux().get(name));
      String form =
          "(?m)^%s\\(%s\\)\\s*%s"
              .formatted(
                  name,
                  macro.parameters().isEmpty()
                      ? ""
                      : "\\w+(,\\w+){" + (macro.parameters().size() - 1) + "}",
                  macro instanceof Macro.Valued ? "[^{ ]" : "\\{");
      assertThat(text).as(name).containsPattern(form);
    }
  }

  /** What is said of herd's C holds of others' tests, but for what we do not write. */
  @Test
  void testsOfOthersAreRead() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(data("litmus/lkmm/catalogue"))) {
      files = all.filter(f -> f.toString().endsWith(".litmus")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(30);
    Map<String, String> refused = new TreeMap<>();
    for (Path file : files) {
      String text = Files.readString(file);
      if (text.contains("\nlocations") || text.contains("= &")) {
        continue;
      }
      try {
        HerdGrammar.read(text);
      } catch (HerdGrammar.Refused e) {
        refused.put(file.getFileName().toString(), String.valueOf(e.getMessage()));
      }
    }
    assertThat(refused).isEmpty();
  }

  private static Path data(String name) {
    String folder = System.getenv("LAZYMM_DATA");
    Assumptions.assumeTrue(
        folder != null, "NOT HELD AGAINST THE KERNEL'S OWN: LAZYMM_DATA names no folder");
    return Path.of(folder == null ? "" : folder).resolve(name);
  }
}
