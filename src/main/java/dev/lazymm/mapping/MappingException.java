package dev.lazymm.mapping;

/** A mapping that makes no sense, or has no answer; the message says where and what is expected. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MappingException(String message) {
    super(message);
  }
}
