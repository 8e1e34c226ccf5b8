package dev.lazymm.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/mapping.md are those that are used: {@code ./lazymm test -Dgolden.update=true}
 * writes what follows the mark anew.
 */
class MappingDocsTest {
  private static final Path PAGE = Path.of("docs/mapping.md");
  private static final String MARK = "<!-- From here on the page is generated. -->\n";

  @Test
  void thePageShowsTheTables() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(MARK);
    String introduction = page.substring(0, page.indexOf(MARK));
    String real =
        introduction
            + MARK
            + Mapping.BUILT_IN.stream().map(MappingDocsTest::table).collect(Collectors.joining());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, real);
    } else {
      assertThat(page).isEqualTo(real);
    }
  }

  /** The introduction names all that a file may have. */
  @Test
  void theIntroductionIsComplete() throws IOException {
    String page = Files.readString(PAGE);
    String introduction = page.substring(0, page.indexOf(MARK));
    for (String hole : Template.SCRATCH) {
      assertThat(introduction).contains("`{" + hole + "}`");
    }
    assertThat(introduction).contains(Mapping.BUILT_IN).contains(Keys.MACHINE);
  }

  private static String table(String name) {
    Mapping mapping = Mapping.find(name);
    String base = name.replaceAll("-.*", "");
    List<Row> there = base.equals(name) ? List.of() : Mapping.find(base).rows();
    return "\n## %s\n\n%s. Tests in %s, model `%s`; %s.%s\n\n"
            .formatted(
                name,
                mapping.title(),
                mapping.isa(),
                mapping.model(),
                mapping.kernel(),
                there.isEmpty() ? "" : " What is not here is as in `" + base + "`.")
        + "| primitive | in the kernel | instructions | source |\n| --- | --- | --- | --- |\n"
        + mapping.rows().stream()
            .filter(r -> !there.contains(r))
            .map(MappingDocsTest::row)
            .collect(Collectors.joining());
  }

  private static String row(Row row) {
    String code =
        row.template().stream().map(MappingDocsTest::code).collect(Collectors.joining("<br>"));
    return "| %s%s | %s | %s | %s%s |\n"
        .formatted(
            code(row.does()),
            row.orders().map(o -> "<br>orders " + o).orElse(""),
            row.kernel().contains("(") ? code(row.kernel()) : row.kernel(),
            code.isEmpty() ? "none" : code,
            row.source().replace("|", "\\|"),
            row.note().map(n -> "<br>" + n.replace("|", "\\|")).orElse("")
                + (row.herd().isPresent() ? "<br>In other words for herd7." : ""));
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
