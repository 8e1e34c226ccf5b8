package dev.lazymm.check.faults;

import java.util.List;
import java.util.stream.Stream;

/** All faults, in the order of the table. */
final class Faults {
  static final List<Fault> ALL =
      Stream.of(
              SchedulerFaults.ALL,
              LifetimeFaults.ALL,
              UnmapFaults.ALL,
              TaskFaults.ALL,
              ExecMmapFaults.ALL,
              KthreadUseMmFaults.ALL,
              MembarrierFaults.ALL,
              MembarrierSwitchFaults.ALL,
              ConditionalMembarrierFaults.ALL,
              X86EagerFaults.ALL,
              TlbFaults.ALL,
              PowerpcHashFaults.ALL,
              PowerpcRadixFaults.ALL,
              Arm64Faults.ALL,
              RiscvFaults.ALL,
              S390Faults.ALL,
              X86InvlpgbFaults.ALL,
              HotplugFaults.ALL,
              DesignFaults.ALL,
              BorrowFaults.ALL,
              RivalFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private Faults() {}
}
