package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No verdict in docs/the-argument.md that {@code lazymm claims} does not print: what each section
 * says was found is what the claim's parts must give. {@code ./lazymm test -Dgolden.update=true}
 * writes it anew.
 */
class ArgumentTest {
  private static final Path PAGE = Path.of("docs", "the-argument.md");
  private static final Pattern HEAD = Pattern.compile("## (E\\d\\d): .*");
  private static final String FENCE = "```";

  /** What the page says was found. */
  private static List<String> block(Claim claim) {
    List<String> lines = new ArrayList<>(List.of(FENCE + "text"));
    claim.parts().forEach(part -> lines.add(part.says()));
    lines.add(FENCE);
    return lines;
  }

  @Test
  void everyVerdictIsOneOfAClaim() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    List<String> real = new ArrayList<>();
    List<String> claims = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = HEAD.matcher(lines.get(i));
      if (head.matches()) {
        claims.add(head.group(1));
      }
      if (!lines.get(i).equals(FENCE + "text")) {
        real.add(lines.get(i));
        continue;
      }
      real.addAll(block(claim(claims.getLast())));
      i += lines.subList(i + 1, lines.size()).indexOf(FENCE) + 1;
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.write(PAGE, real);
    } else {
      assertThat(lines).isEqualTo(real);
    }
    assertThat(claims).containsExactlyElementsOf(Claims.ALL.stream().map(Claim::id).toList());
    assertThat(real.stream().filter(l -> l.equals(FENCE + "text"))).hasSameSizeAs(Claims.ALL);
  }

  /** Where lazymm finds something else than was expected, the page says so, in the same words. */
  @Test
  void everyDifferenceIsOnThePage() throws IOException {
    String page =
        Files.readAllLines(PAGE).stream().map(String::strip).collect(Collectors.joining(" "));
    for (Claim claim : Claims.ALL) {
      assertThat(page).containsIgnoringCase(claim.differs());
    }
  }

  private static Claim claim(String id) {
    return Claims.ALL.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }
}
