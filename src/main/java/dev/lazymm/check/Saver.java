package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Slab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
    List<String> lines = new ArrayList<>();
    lines.add(MAGIC);
    question.forEach(q -> lines.add("? " + q));
    lines.addAll(Saved.all(known, front, parts, memory));
    write(resume.file(), lines);
    next = System.nanoTime() + resume.every().toMillis() * NANOS;
  }

  private static void write(Path file, List<String> lines) {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] end = ("crc32c " + checksum(body) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      try (FileChannel out =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writeAll(out, body);
        writeAll(out, end);
        out.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static String checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
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
    byte[] all;
    try {
      all = Files.readAllBytes(resume.file());
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getMessage(), "expected a file");
    }
    String text = new String(all, StandardCharsets.UTF_8);
    int last = text.lastIndexOf("crc32c ");
    int bytes = last < 0 ? 0 : text.substring(0, last).getBytes(StandardCharsets.UTF_8).length;
    byte[] body = java.util.Arrays.copyOf(all, bytes);
    if (last <= 0 || !text.substring(last).equals("crc32c " + checksum(body) + "\n")) {
      throw refused("is damaged or cut off", "expected the checksum of all before its last line");
    }
    return text.substring(0, last).lines().toList();
  }

  private Resume.Refused refused(String what, String expected) {
    return new Resume.Refused(resume.file(), what, expected);
  }
}
