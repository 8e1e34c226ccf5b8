package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioDocsTest {
  private static final Path DOCS = Path.of("docs/scenarios.md");

  @Test
  void theExamplesAreScenarios() throws IOException {
    Matcher example =
        Pattern.compile("^```\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    List<Scenario> all =
        example.results().flatMap(r -> ScenarioParser.parse("docs", r.group(1)).stream()).toList();
    assertThat(all).extracting(Scenario::name).contains("my-idle-exit", "my-exec-preempted");
  }

  @Test
  void everyActionIsThere() throws IOException {
    String text = Files.readString(DOCS);
    assertThat(ActionParser.words())
        .allMatch(word -> Pattern.compile("\\| .*`" + word + "[ `].*\\|").matcher(text).find());
  }

  @Test
  void everyLineIsThere() throws IOException {
    String text = Files.readString(DOCS);
    assertThat(Stream.of("scenario", "about", "start", "cpu", "exists", "never", "always"))
        .allMatch(word -> Pattern.compile("(?m)^    " + word + "\\b").matcher(text).find());
  }
}
