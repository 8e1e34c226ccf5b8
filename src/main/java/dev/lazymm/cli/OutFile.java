package dev.lazymm.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that appear whole or not at all, and makes folders for them. */
final class OutFile {
  private OutFile() {}

  /**
   * Writes text as UTF-8; what was in the file before is replaced at once.
   *
   * @throws UserError if that is not possible; the file is then as it was
   */
  static void write(Path file, String text) {
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "it is a directory");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.writeString(file, text); // a device or a pipe cannot be replaced
        return;
      }
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.exists(target) && !Files.isWritable(target)) {
        throw new AccessDeniedException(file.toString());
      }
      replace(target, text);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be written: " + why(e), e);
    }
  }

  /**
   * Makes a folder, with those that it is in, if it is not there.
   *
   * @throws UserError if that is not possible
   */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(folder + ": cannot be made: there is a file of that name", e);
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be made: " + why(e), e);
    }
  }

  private static void replace(Path target, String text) throws IOException {
    String name = ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid());
    Path whole = target.resolveSibling(name);
    try {
      Files.writeString(
          whole,
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      Files.move(
          whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such directory";
      case AccessDeniedException _ -> "access is denied";
      case NotDirectoryException _ -> "this is not a directory";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
