package dev.lazymm.cli;

import dev.lazymm.cost.MachineFormatException;
import dev.lazymm.design.DesignException;
import dev.lazymm.design.DesignFailure;
import dev.lazymm.prove.Checkpoint;
import dev.lazymm.trace.TraceFormatException;
import dev.lazymm.workload.InvalidScenarioException;
import dev.lazymm.workload.ScenarioException;
import dev.lazymm.workload.ScenarioLibrary.UnknownScenarioException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What the user gave is at fault; the message says where and what was expected. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }

  /** One that says what {@code e} says. */
  static UserError of(Exception e) {
    return new UserError(String.valueOf(e.getMessage()), e);
  }

  /** A file that cannot be read. */
  static UserError unreadable(String file, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "access is denied";
          case CharacterCodingException _ -> "this is not text in UTF-8";
          default -> String.valueOf(e.getMessage());
        };
    return new UserError(file + ": cannot be read: " + why, e);
  }

  /** {@return what to tell the user if {@code e} is of the user's making} */
  static Optional<String> message(Throwable e) {
    return switch (e) {
      case UserError _,
          ScenarioException _,
          InvalidScenarioException _,
          Checkpoint.Refused _,
          MachineFormatException _,
          TraceFormatException _,
          DesignException _,
          DesignFailure _ ->
          Optional.of(String.valueOf(e.getMessage()));
      case UnknownScenarioException _ -> {
        String message = String.valueOf(e.getMessage());
        yield Optional.of(message + (message.endsWith("?") ? "" : ".") + " See ./lazymm list.");
      }
      default -> Optional.empty();
    };
  }
}
