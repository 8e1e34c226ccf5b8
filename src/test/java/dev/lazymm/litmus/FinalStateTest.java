package dev.lazymm.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.litmus.LitmusTest.Quantifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalStateTest {
  private static final List<String> LOCATIONS = List.of("x", "y");

  private static FinalState parse(String text) {
    return FinalState.parse(Source.of("t", text), LOCATIONS, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exists (0:r1=1)                     | exists (0:r1=1)
          exists 0:r1=1 /\\ x=2                | exists (0:r1=1 /\\ [x]=2)
          ~exists ([x]=-1 \\/ *y=0x10);        | ~exists ([x]=-1 \\/ [y]=16)
          'forall (0:r1==1 && (x=1 || y=1))'  | forall (0:r1=1 /\\ ([x]=1 \\/ [y]=1))
          exists (x=1 /\\ y=1 \\/ 1:r0=0)       | exists ([x]=1 /\\ [y]=1 \\/ 1:r0=0)
          exists ~x=1 /\\ y!=2                 | exists (not ([x]=1) /\\ not ([y]=2))
          exists (0:r1=1 => x=y => x=&y)      | exists (0:r1=1 => [x]=y => [x]=y)
          exists (0:r10=1:r10 /\\ true)        | exists (0:r10=1:r10 /\\ true)
          """)
  void conditions(String text, String printed) {
    FinalState end = parse(text);
    assertThat(new ConditionText(LOCATIONS).condition(end.quantifier(), end.condition()))
        .isEqualTo(printed);
  }

  @Test
  void parts() {
    FinalState end = parse("locations [x; 0:r1; *y;]\nfilter (x=1)\n~exists (y=x)");
    assertThat(end.shown())
        .containsExactly(
            new Prop.Location("x"), new Prop.Register(0, "r1"), new Prop.Location("y"));
    assertThat(end.filter()).isEqualTo(new Prop.Equal(new Prop.Location("x"), new Prop.Literal(1)));
    assertThat(end.quantifier()).isEqualTo(Quantifier.NOT_EXISTS);
    assertThat(end.condition())
        .isEqualTo(new Prop.Equal(new Prop.Location("y"), new Prop.Literal(Value.address(0))));
  }

  private static Quantifier quantifier(String kinds, String model) {
    return FinalState.parse(
            Source.of("t", "final (x=1) with\n" + kinds), LOCATIONS, 2, name -> name, model)
        .quantifier();
  }

  @Test
  void kinds() {
    String all = "tso: ~exists;\ncc: exists;\ndefault: forall;";
    assertThat(quantifier(all, "tso")).isEqualTo(Quantifier.NOT_EXISTS);
    assertThat(quantifier(all, "cc")).isEqualTo(Quantifier.EXISTS);
    assertThat(quantifier(all, "sc")).isEqualTo(Quantifier.FORALL);
    assertThat(quantifier("sc: exists;", "sc")).isEqualTo(Quantifier.EXISTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tso: exists;              | t:2:1: there is no kind sc: expected it, or default
          sc: exists; sc: forall;   | t:2:13: there are two kinds sc
          sc: maybe;                | t:2:5: unexpected maybe, expected exists or ~ or forall
          sc: exists                | t:2:11: ends too early, expected ;
          """)
  void badKinds(String kinds, String message) {
    assertThatThrownBy(() -> quantifier(kinds, "sc")).hasMessageStartingWith(message);
  }
}
