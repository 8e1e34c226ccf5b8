package dev.lazymm.litmus.c;

import dev.lazymm.litmus.FinalState;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.Sections;
import dev.lazymm.litmus.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A litmus test in C as it is written, before any way through it is gone.
 *
 * @param source its threads, for places
 * @param name as the test calls itself
 * @param locations the names of all memory locations, in the order in which they get addresses
 */
public record Program(
    Source source,
    String name,
    InitialState init,
    List<ThreadCode> threads,
    List<String> locations,
    FinalState end) {
  public Program {
    threads = List.copyOf(threads);
    locations = List.copyOf(locations);
  }

  /**
   * {@return a program}
   *
   * @throws LitmusException if it is not as it should be
   */
  public static Program parse(Source source) {
    Sections sections = Sections.of(source);
    InitialState init = InitialState.parse(sections.init());
    if (!sections.arch().equals("C")) {
      throw new LitmusException(source.file(), "is a test in " + sections.arch() + ", not in C");
    }
    if (sections.body().text().isBlank()) {
      throw new LitmusException(source.file(), "has no threads: expected P0(...) { ... }");
    }
    List<ThreadCode> threads = new Threads(sections.body()).read();
    init.registers()
        .forEach((Prop.Register register, InitialState.RegisterContent content) -> {
          if (register.thread() >= threads.size()) {
            throw source.error(
                content.place(),
                "there is no thread %d: the last is P%d"
                    .formatted(register.thread(), threads.size() - 1));
          }
        });
    List<String> locations = List.copyOf(locations(init, threads));
    FinalState end = FinalState.parse(sections.condition(), locations, threads.size());
    return new Program(sections.body(), sections.name(), init, threads, locations, end);
  }

  private static Set<String> locations(InitialState init, List<ThreadCode> threads) {
    Set<String> all = new LinkedHashSet<>(init.locations().keySet());
    threads.forEach(t -> all.addAll(t.parameters()));
    for (var content : init.registers().values()) {
      if (content.content() instanceof InitialState.Address(String name)) {
        all.add(name);
      }
    }
    return all;
  }
}
