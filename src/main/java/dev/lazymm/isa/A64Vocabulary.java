package dev.lazymm.isa;

import java.util.Set;

/** Names in models of ARMv8 that others wrote. */
final class A64Vocabulary {
  /** Accesses, registers and branches. */
  static final Set<String> SETS =
      Set.of("A", "L", "Q", "X", "NoRet", "ISB", "Exp", "Rreg", "Wreg", "DATA", "BCC", "PRED");

  /** What is about translation, memory tags, exceptions and caches, of which tests have none. */
  static final Set<String> EMPTY_SETS =
      Set.of(
          "NExp",
          "T",
          "TagCheck",
          "FAULT",
          "SPURIOUS",
          "MMU",
          "EXC-ENTRY",
          "EXC-RET",
          "TLBI",
          "TLBIIS",
          "TLBInXS",
          "DC.CVAU",
          "IC.IALLU",
          "IC.IALLUIS",
          "IC.IVAU");

  /** What relates accesses, in an instruction and across. */
  static final Set<String> RELATIONS =
      Set.of(
          "pick-addr",
          "pick-data",
          "pick-ctrl",
          "iico_data",
          "iico_ctrl",
          "rf-reg",
          "same-instance");

  /** What relates translations and memory tags, and accesses of one instruction to two places. */
  static final Set<String> EMPTY_RELATIONS =
      Set.of("iico_order", "same-low-order-bits", "same-tag-loc", "inv-domain");

  private A64Vocabulary() {}
}
