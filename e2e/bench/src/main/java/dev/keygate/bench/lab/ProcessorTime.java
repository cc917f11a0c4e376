package dev.keygate.bench.lab;

import java.time.Duration;

/** What a process has had of this machine's processors since it began. */
final class ProcessorTime {

  private ProcessorTime() {}

  static Duration of(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("a process has ended"));
  }
}
