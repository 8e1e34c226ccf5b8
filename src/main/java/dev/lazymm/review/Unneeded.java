package dev.lazymm.review;

import java.util.List;

/** Why nothing is found where some sites are weakened; a test holds each to what is found. */
public final class Unneeded {
  /** The reasons, by site. */
  public static final List<NotCaught> ALL = List.of();

  private Unneeded() {}
}
