package dev.lazymm.cli;

import dev.lazymm.check.Invariants;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.report.Json;
import dev.lazymm.report.ListJson;
import dev.lazymm.report.ListText;
import dev.lazymm.review.Claims;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm list}. */
@Command(
    name = "list",
    description = "Lists what the other verbs can be asked about, by name.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Kind {
    SCENARIOS,
    DESIGNS,
    ARCHES,
    INVARIANTS,
    CLAIMS,
    HISTORY,
    MAPPINGS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private List<ListJson.Item> items() {
      return switch (this) {
        case SCENARIOS ->
            ScenarioLibrary.builtIn().list().stream()
                .map(s -> new ListJson.Item(s.name(), s.title()))
                .toList();
        case DESIGNS ->
            Designs.ALL.stream().map(d -> new ListJson.Item(d.name(), d.about())).toList();
        case ARCHES ->
            Arches.ALL.stream().map(a -> new ListJson.Item(a.name(), a.about())).toList();
        case INVARIANTS ->
            Invariants.names().stream()
                .map(name -> new ListJson.Item(name, ListText.about(name)))
                .toList();
        case CLAIMS -> Claims.ALL.stream().map(c -> new ListJson.Item(c.id(), c.claim())).toList();
        case HISTORY ->
            PastBugs.ALL.stream().map(b -> new ListJson.Item(b.id(), b.about())).toList();
        case MAPPINGS ->
            Mapping.BUILT_IN.stream()
                .map(name -> new ListJson.Item(name, Mapping.find(name).title()))
                .toList();
      };
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KIND",
      description =
          "scenarios, designs, arches, invariants, claims, history, mappings (default: all).")
  private List<String> kinds = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    List<Kind> all = List.of(Kind.values());
    Map<String, List<ListJson.Item>> lists = new LinkedHashMap<>();
    for (Kind kind : kinds.isEmpty() ? all : Choice.all("list of", kinds, all, Kind::word)) {
      lists.put(kind.word(), kind.items());
    }
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(ListJson.of(lists)) : ListText.of(lists));
    return Exit.HOLDS;
  }
}
