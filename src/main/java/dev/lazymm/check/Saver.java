package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Slab;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * Keeps an exploration in a file: written beside it, forced to disk, then renamed, so that the file
 * is always whole, whenever the process ends.
 */
final class Saver {
  private static final String MAGIC = "lazymm exploration 1";
  private static final long NANOS = 1_000_000;

  private final Resume resume;
  private final List<String> question;
  private final Memory memory;
  private long next;

  Saver(Resume resume, List<String> question, Memory memory) {
    this.resume = resume;
    this.question = List.copyOf(question);
    this.memory = memory;
    next = System.nanoTime() + resume.every().toMillis() * NANOS;
  }

  /** {@return whether it is time to save} */
  boolean isDue() {
    return System.nanoTime() - next >= 0;
  }

  /** Saves. */
  void save(Footprint.Known known, Part front, List<Part> parts) {
    Path file = resume.file();
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel out =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        CheckedOutputStream summed =
            new CheckedOutputStream(Channels.newOutputStream(out), new CRC32C());
        BufferedWriter to =
            new BufferedWriter(new OutputStreamWriter(summed, StandardCharsets.UTF_8));
        to.append(MAGIC).append('\n');
        for (String q : question) {
          to.append("? ").append(q).append('\n');
        }
        Saved.write(known, front, parts, memory, to);
        to.flush();
        to.append(last(summed.getChecksum())).flush();
        out.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next = System.nanoTime() + resume.every().toMillis() * NANOS;
  }

  /** The last line, of the checksum of those before it. */
  private static String last(Checksum sum) {
    return "crc32c %08x\n".formatted(sum.getValue());
  }

  /**
   * {@return what the file has; empty if there is no file}
   *
   * @throws Resume.Refused if it is damaged, or answers another question
   */
  Optional<Saved.Content> read(List<Slab<?>> slabs, Tally tally) {
    if (!Files.exists(resume.file())) {
      return Optional.empty();
    }
    List<String> lines = lines();
    if (lines.isEmpty() || !lines.getFirst().equals(MAGIC)) {
      throw refused("is not an exploration that this version can resume", "expected " + MAGIC);
    }
    List<String> asked =
        lines.stream().filter(l -> l.startsWith("? ")).map(l -> l.substring(2)).toList();
    for (int i = 0; i < Math.max(asked.size(), question.size()); i++) {
      String its = i < asked.size() ? asked.get(i) : "nothing";
      String ours = i < question.size() ? question.get(i) : "nothing";
      if (!its.equals(ours)) {
        throw refused("answers another question: it has " + its, "expected " + ours);
      }
    }
    List<String> body = lines.subList(1 + asked.size(), lines.size());
    try {
      return Optional.of(Saved.read(body, memory, slabs, tally));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw refused("does not fit this program: " + e.getMessage(), "start anew without it");
    }
  }

  /** The lines, without the checksum. */
  private List<String> lines() {
    Path file = resume.file();
    CRC32C sum = new CRC32C();
    int length = last(sum).length();
    try (InputStream summing = new CheckedInputStream(open(file), sum)) {
      long body = Files.size(file) - length;
      if (body < 0) {
        throw damaged();
      }
      summing.skipNBytes(body);
      String expected = last(sum);
      String found = new String(summing.readNBytes(length), StandardCharsets.UTF_8);
      if (!found.equals(expected)) {
        throw damaged();
      }
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getMessage(), "expected a file");
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>(in.lines().toList());
      lines.removeLast();
      return lines;
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getMessage(), "expected a file");
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private Resume.Refused damaged() {
    return refused("is damaged or cut off", "expected the checksum of all before its last line");
  }

  private Resume.Refused refused(String what, String expected) {
    return new Resume.Refused(resume.file(), what, expected);
  }
}
