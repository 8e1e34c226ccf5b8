package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each construct means, by small models; every value is computed both ways. */
class LanguageTest {
  /** Two threads 0-1-2-3 and 4-5, each a total program order. */
  private final Candidate threads =
      new Candidate(6)
          .relation("po", 0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3, 4, 5)
          .relation("rf", 0, 5, 4, 3)
          .relation("loc", 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 5, 5, 0)
          .set("R", 3, 5)
          .set("W", 0, 4)
          .set("M", 0, 3, 4, 5)
          .set("LKR", 0, 1)
          .set("UL", 2, 3)
          .complete(Vocabulary.c());

  private String value(String expr) {
    return value("", expr);
  }

  private String value(String definitions, String expr) {
    return Cats.value(definitions, expr, threads).toString();
  }

  @Test
  void operatorsOnSmallRelations() {
    assertThat(value("rf ; po")).isEqualTo("{}");
    assertThat(value("po ; rf")).isEqualTo("{}");
    assertThat(value("[W] ; po ; [R]")).isEqualTo("{0->3 4->5}");
    assertThat(value("(po & (W * _)) \\ (po ; po)")).isEqualTo("{0->1 4->5}");
    assertThat(value("rf^-1")).isEqualTo("{3->4 5->0}");
    assertThat(value("(rf | rf^-1)+ & id")).isEqualTo("{0->0 3->3 4->4 5->5}");
    assertThat(value("[domain(rf)] | [range rf]")).isEqualTo("{0->0 3->3 4->4 5->5}");
    assertThat(value("(~(_ * W)) & rf^-1 | rf & ~rf")).isEqualTo("{}");
    assertThat(value("rf? & ~rf \\ id")).isEqualTo("{}");
    assertThat(value("rf* \\ rf \\ id")).isEqualTo("{}");
  }

  @Test
  void zeroAndUniverseFitAnyType() {
    assertThat(value("[W | 0] | 0")).isEqualTo("{0->0 4->4}");
    assertThat(value("[W & _] & _")).isEqualTo("{0->0 4->4}");
    assertThat(value("0 ; rf | [~0] & [W]")).isEqualTo("{0->0 4->4}");
    assertThat(value("rf & ~0")).isEqualTo("{0->5 4->3}");
    assertThat(value("[{} | W]")).isEqualTo("{0->0 4->4}");
    assertThat(value("_ \\ ~rf")).isEqualTo("{0->5 4->3}");
  }

  @Test
  void functionsKeepTheScopeOfTheirDefinition() {
    assertThat(value("let r = rf\nlet f(s) = r ; s\nlet r = 0", "f(rf^-1)"))
        .isEqualTo("{0->0 4->4}");
    assertThat(value("let po = 0", "fencerel(LKR)")).isEqualTo("{0->2 0->3}");
    assertThat(value("let f = fun (a, b) -> a & b", "f(rf, W * _)")).isEqualTo("{0->5 4->3}");
    assertThat(value("let add p = fun q -> p | q", "add rf (rf^-1)"))
        .isEqualTo("{0->5 3->4 4->3 5->0}");
    assertThat(value("let twice f = fun x -> f (f x)\nlet inv r = r^-1", "twice inv rf"))
        .isEqualTo("{0->5 4->3}");
  }

  @Test
  void letsShadowAndHideAgain() {
    assertThat(value("let rf = rf | rf^-1\nlet rf = rf & (W * _)", "rf")).isEqualTo("{0->5 4->3}");
    assertThat(value("let x = rf in x ; x^-1")).isEqualTo("{0->0 4->4}");
    assertThat(value("let (a, b) = (rf, po)", "a \\ b")).isEqualTo("{0->5 4->3}");
    assertThat(value("let a = rf\nlet a = 0 and b = a", "b")).isEqualTo("{0->5 4->3}");
  }

  @Test
  void recursionUpdatesNamesInsideTheRound() {
    assertThat(value("let rec x = rf | y ; y and y = x", "x")).isEqualTo("{0->5 4->3}");
    assertThat(value("let step = po \\ (po ; po)\nlet rec x = step | x ; x", "x \\ po"))
        .isEqualTo("{}");
    assertThat(value("let rec s = W | range([s] ; (po | rf))", "[s]"))
        .isEqualTo("{0->0 1->1 2->2 3->3 4->4 5->5}");
  }

  /** The innermost pairs match first: neither name is monotone in the other. */
  @Test
  void recursionNeedNotBeMonotone() {
    String nested =
        """
        let pairs =
          let rec opens = LKR \\ domain(found)
          and closes = UL \\ range(found)
          and both = [opens | closes] ; po ; [opens | closes]
          and open-close = [opens] ; po ; [closes]
          and found = found | (open-close \\ (both ; both))
          in found
        """;
    assertThat(value(nested, "pairs")).isEqualTo("{0->3 1->2}");
  }

  @Test
  void aShrinkingRoundEndsIt() {
    assertThat(value("let rec x = rf \\ x", "x")).isEqualTo("{}");
  }

  @Test
  void whenEndsACandidate() {
    String text = "let rec x = po | rf | rf^-1 | x ; x when irreflexive x\nshow x\n";
    assertThat(Cats.completions(Cats.model(text), threads)).isEmpty();
    assertThat(Cats.completions(Cats.interpreted(text), threads)).isEmpty();
  }

  @Test
  void tryCatchesWhatIsUnbound() {
    assertThat(value("try nowhere with rf")).isEqualTo("{0->5 4->3}");
    assertThat(value("try rf with nowhere")).isEqualTo("{0->5 4->3}");
    assertThat(value("try (try nowhere | rf with W) ; rf with rf")).isEqualTo("{0->5 4->3}");
    assertThat(value("let broken = nowhere", "try broken with rf")).isEqualTo("{0->5 4->3}");
  }

  @Test
  void definitionsThatNobodyUsesMayBeWrong() {
    assertThat(value("let broken = nowhere | W ; W", "rf")).isEqualTo("{0->5 4->3}");
  }

  @Test
  void setsAreTakenApart() {
    String closed =
        """
        let rec all S = match S with || {} -> 0 || e ++ rest -> (({e} * R) & rf) | all rest end
        """;
    assertThat(value(closed, "all W")).isEqualTo("{0->5 4->3}");
    assertThat(
            value(
                "let rec turn r = match r with || {} -> 0 || p ++ s -> p^-1 ++ turn s end",
                "turn rf"))
        .isEqualTo("{3->4 5->0}");
    assertThat(
            value(
                "let rec join s = match s with || {} -> 0 || r ++ s -> r | join s end",
                "join {rf, rf^-1, rf}"))
        .isEqualTo("{0->5 3->4 4->3 5->0}");
    assertThat(
            value(
                "let single p = p ++ 0\nlet rec join s = match s with || {} -> 0 || r ++ s -> r | join s end",
                "join (map single rf)"))
        .isEqualTo("{0->5 4->3}");
  }

  @Test
  void tagsAreMatched() {
    String colours =
        "enum Colour = 'red || 'green || 'blue\nlet f t = match t with || 'red -> rf || _ -> 0 end";
    assertThat(value(colours, "f 'red")).isEqualTo("{0->5 4->3}");
    assertThat(value(colours, "f 'blue")).isEqualTo("{}");
    assertThat(value(colours, "if 'red = 'red then rf else 0")).isEqualTo("{0->5 4->3}");
    assertThat(value(colours, "if 'red in ~{'red} then rf else 0")).isEqualTo("{}");
    assertThat(value(colours, "if {'red} subset Colour then rf else 0")).isEqualTo("{0->5 4->3}");
    assertThat(value("if rf subset loc then rf else rf^-1")).isEqualTo("{3->4 5->0}");
  }

  @Test
  void variantsChoose() {
    String text =
        """
        let r = if "on" && not "off" then rf else 0
        if "off" || "on" let s = rf^-1 else let s = 0 end
        show r,s
        """;
    Model on = Model.load(Source.of("v.cat", text), Cats.options().withVariants("on"));
    assertThat(Cats.completions(on, threads)).containsExactly("[] r{0->5 4->3} s{3->4 5->0}");
    assertThat(Cats.completions(Cats.model(text), threads)).containsExactly("[] r{} s{}");
  }

  private List<String> both(String text) {
    List<String> compiled = Cats.completions(Cats.model(text), threads);
    assertThat(compiled).isEqualTo(Cats.completions(Cats.interpreted(text), threads));
    return compiled;
  }

  @Test
  void checksRejectAndFlagsTell() {
    assertThat(both("acyclic po as fine\nflag ~empty rf as reads\nflag empty rf as none"))
        .containsExactly("[reads]");
    assertThat(both("acyclic po | rf")).hasSize(1);
    assertThat(both("acyclic po | rf | rf^-1")).isEmpty();
    assertThat(both("~acyclic po | rf")).isEmpty();
    assertThat(both("irreflexive rf ; rf^-1")).isEmpty();
    assertThat(both("empty W")).isEmpty();
    assertThat(both("~empty W")).hasSize(1);
    assertThat(both("undefined_unless empty rf as Race")).containsExactly("[*undef*]");
    assertThat(both("assert empty rf as NoReads")).containsExactly("[assertion-failed-NoReads]");
  }

  @Test
  void proceduresAreCalled() {
    assertThat(both("procedure p(r, s) =\n let d = r \\ s\n empty d\nend\ncall p(rf, rf) as x"))
        .hasSize(1);
    assertThat(both("call inclusion(rf, po)")).isEmpty();
    assertThat(both("procedure p(r) = let W = r end\ncall p(R)\nshow rf")).hasSize(1);
  }

  @Test
  void forallRunsForEach() {
    assertThat(both("forall e in W do empty [{e}] ; rf ; [{e}] end")).hasSize(1);
    assertThat(both("forall e in W do empty [{e}] ; rf end")).isEmpty();
    assertThat(
            both(
                "enum T = 'a || 'b\nforall t in T do flag ~empty (match t with || 'a -> rf || _ -> 0 end) as seen end"))
        .containsExactly("[seen]");
  }

  @Test
  void showsAreOfTheirMoment() {
    assertThat(both("let x = rf\nshow x\nlet x = 0\nshow rf^-1 as back\nshow po\nunshow po"))
        .containsExactly("[] x{0->5 4->3} back{3->4 5->0}");
  }

  @Test
  void valuesAreCompared() {
    Candidate c = new Candidate(2).relation("rf", 0, 1, 1, 0, 0, 0).complete(Vocabulary.c());
    c.values[1] = 7;
    assertThat(Cats.value("", "different-values(rf)", c)).hasToString("{0->1 1->0}");
  }

  @Test
  void classesOfLocations() {
    assertThat(
            value(
                "let sq s = s * s\nlet rec join s = match s with || {} -> 0 || r ++ s -> (r * r) | join s end",
                "join (partition (W | R)) \\ id"))
        .isEqualTo("{0->5 5->0}");
  }

  @Test
  void bellDeclaresTags() {
    Source bell =
        Source.of(
            "my.bell",
            "enum Speed = 'fast || 'slow\ninstructions R[Speed]\ninstructions W[{'fast}]\nlet Quick = Fast & W\n");
    Options options = Cats.options().withBell(bell);
    Candidate c = new Candidate(2).set("W", 1).complete(Vocabulary.c());
    c.tags.put("fast", EventSet.all(2));
    Model model =
        Model.load(Source.of("m.cat", "let q = [Quick] | [tag2events('slow)]\nshow q"), options);
    assertThat(Cats.completions(model, c)).containsExactly("[] q{1->1}");
    Bell declared = model.bell().orElseThrow();
    assertThat(declared.enumerations()).isEqualTo(Map.of("Speed", List.of("fast", "slow")));
    assertThat(declared.allows("R", 0, "slow")).isTrue();
    assertThat(declared.allows("W", 0, "slow")).isFalse();
  }

  @Test
  void whenIsAskedInEachRound() {
    assertThat(both("let rec x = rf and y = x when empty rf \\ y")).hasSize(1);
    assertThat(both("let rec x = y and y = rf when empty rf \\ x")).isEmpty();
    assertThat(both("let rec x = y and y = rf when empty x \\ rf")).hasSize(1);
  }

  @Test
  void tryCatchesAMistakeEachTime() {
    String bad = "let bad = match rf with || {} -> rf || p ++ r -> domain p ; p end\n";
    assertThat(value(bad + "let a = try bad with rf", "a | (try bad with rf^-1)"))
        .isEqualTo("{0->5 3->4 4->3 5->0}");
  }

  @Test
  void whatIsOnlyShownMayBeWrong() {
    String bad = "let bad = if W subset rf then rf else 0\n";
    Judge.Visitor visitor = (_, end) -> end.relation("bad").isEmpty();
    assertThat(Cats.model(bad + "show rf").judge(threads).completions(visitor)).isTrue();
    assertThat(Cats.interpreted(bad + "show rf").judge(threads).completions(visitor)).isTrue();
  }
}
