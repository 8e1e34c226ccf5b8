package dev.lazymm.cli;

import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.design.OwnDesign;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.prove.Checkpoint;
import dev.lazymm.prove.Proof;
import dev.lazymm.prove.Prover;
import dev.lazymm.prove.Question;
import dev.lazymm.prove.ScenarioSpace;
import dev.lazymm.prove.Size;
import dev.lazymm.prove.Standings;
import dev.lazymm.prove.Tally;
import dev.lazymm.prove.Vocabulary;
import dev.lazymm.prove.Word;
import dev.lazymm.report.Json;
import dev.lazymm.report.ProveJson;
import dev.lazymm.report.ProveText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm prove}. */
@Command(
    name = "prove",
    description = {
      "Checks designs on architectures over all scenarios up to a size, symmetric ones once.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every scenario holds",
      "1:something is violated",
      "2:usage error or bad input",
      "3:nothing is violated, but not everything was looked at",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm prove --design refcount --arch powerpc-hash --actions 4",
      "  ./lazymm prove --design no-refcount --first",
      "  ./lazymm prove --actions 5 --resume here.txt --certificate proof.txt",
    },
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {
  private static final long SAVE_EVERY_MS = 1000;

  @Spec private CommandSpec spec;

  @Option(names = "--cpus", description = "How many CPUs (default: ${DEFAULT-VALUE}).")
  private int cpus = 2;

  @Option(
      names = "--tasks",
      description = "At most so many tasks, born ones included (default: ${DEFAULT-VALUE}).")
  private int tasks = 3;

  @Option(
      names = "--mms",
      description = "At most so many mms, made ones included (default: ${DEFAULT-VALUE}).")
  private int mms = 2;

  @Option(
      names = "--actions",
      description = "At most so many actions over all CPUs (default: ${DEFAULT-VALUE}).")
  private int actions = 3;

  @Option(
      names = "--vocabulary",
      split = ",",
      paramLabel = "WORD",
      description = {
        "Actions to choose from, or all (default:",
        "run,idle,exit,exec,fork,use).",
      })
  private List<String> vocabulary = new ArrayList<>();

  @Mixin private KernelOptions kernels;

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "MODEL",
      description = "Memory models: sc, tso, armv8, power, riscv, lkmm (default: sc).")
  private List<String> models = List.of("sc");

  @Option(
      names = "--max-executions",
      paramLabel = "N",
      description = "Give up on a scenario after N executions (default: ${DEFAULT-VALUE}).")
  private long maxExecutions = Checker.Options.defaults().maxExecutions();

  @Mixin private IncrementOptions increments;

  @Option(names = "--first", description = "Stop at the first scenario that breaks something.")
  private boolean first;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Scenarios at a time (default: ${DEFAULT-VALUE}, one a processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Stop after so long; what was covered is reported.")
  private @Nullable Long timeout;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from FILE if it is there, and note in it how far it is.")
  private @Nullable Path resume;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Write what was covered, and scenarios that break something, into FILE.")
  private @Nullable Path certificate;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  private long saved;

  @Override
  public Integer call() {
    require(maxExecutions >= 1, "--max-executions must be from 1 on");
    require(jobs >= 1, "--jobs must be from 1 on");
    require(timeout == null || (timeout >= 0 && timeout < 1L << 32), "--timeout is in seconds");
    Question question = question();
    Standings from = from(question);
    Proof proof;
    try (Bar bar = Bar.forProof(from.scenarios())) {
      if (bar.isShown()) {
        Thread.ofPlatform().daemon().name("prove-count").start(() -> count(question, bar));
      }
      Duration time = timeout == null ? null : Duration.ofSeconds(timeout);
      proof =
          Prover.prove(
              question,
              from,
              new Prover.Options(jobs, first, time, now -> listen(question, now, bar)));
    }
    if (resume != null) {
      OutFile.write(resume, Checkpoint.write(question, proof.standings()));
    }
    String file = certificate == null ? "" : certificate.toString();
    ProveText text = new ProveText(proof, file);
    if (certificate != null) {
      OutFile.write(certificate, text.certificate());
    }
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(ProveJson.of(proof, file)) : text.report());
    return proof.standings().violated()
        ? Exit.VIOLATED
        : proof.complete() ? Exit.HOLDS : Exit.INCONCLUSIVE;
  }

  /** Counts what there is to do, which is much faster than to do it. */
  private static void count(Question question, Bar bar) {
    long[] scenarios = new long[1];
    boolean _ =
        new ScenarioSpace(question.size(), question.vocabulary()).forEach(_ -> ++scenarios[0] > 0);
    bar.total(scenarios[0]);
  }

  private void listen(Question question, Standings now, Bar bar) {
    bar.proved(now.scenarios(), now.tallies().stream().mapToLong(Tally::executions).sum());
    long ms = System.nanoTime() / 1_000_000;
    if (resume != null && ms - saved >= SAVE_EVERY_MS) {
      OutFile.write(resume, Checkpoint.write(question, now));
      saved = ms;
    }
  }

  private Question question() {
    Size size;
    try {
      size = new Size(cpus, tasks, mms, actions);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage());
    }
    List<Question.Kernel> all = new ArrayList<>();
    for (Designs.Entry design : kernels.designs()) {
      for (Arches.Entry arch : kernels.arches()) {
        for (String model : Choice.all("memory model", models, Model.NAMES, name -> name)) {
          all.add(new Question.Kernel(design, source(design), arch, model));
        }
      }
    }
    return new Question(size, words(), all, maxExecutions, increments.ordered(), Version.lazymm());
  }

  private Vocabulary words() {
    if (vocabulary.isEmpty()) {
      return Vocabulary.CTXSW;
    }
    if (vocabulary.equals(List.of("all"))) {
      return Vocabulary.ALL;
    }
    List<Word> known = Arrays.asList(Word.values());
    return Vocabulary.of(
        vocabulary.stream()
            .map(w -> Word.find(w).orElseGet(() -> Choice.one("action", w, known, Word::toString)))
            .toList());
  }

  /** What tells a design of one's own from another of its name. */
  private static String source(Designs.Entry design) {
    if (!OwnDesign.isFile(design.spelled())) {
      return "";
    }
    try {
      String text = Files.readString(Path.of(design.spelled()));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (IOException e) {
      throw UserError.unreadable(design.spelled(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private Standings from(Question question) {
    if (resume == null || !Files.exists(resume)) {
      return Standings.none(question);
    }
    try {
      return Checkpoint.read(resume.toString(), Files.readString(resume), question);
    } catch (IOException e) {
      throw UserError.unreadable(resume.toString(), e);
    }
  }

  private static void require(boolean ok, String message) {
    if (!ok) {
      throw new UserError(message);
    }
  }
}
