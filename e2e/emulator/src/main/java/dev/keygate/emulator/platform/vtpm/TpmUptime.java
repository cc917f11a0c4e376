package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.attest.TpmClock;
import dev.keygate.evidence.tpm.attest.TpmClock.Safety;
import dev.keygate.time.TimeSource;
import java.time.Duration;

/** The TPM's clock: milliseconds since this boot, and the number of boots. */
final class TpmUptime {

  private final TimeSource time;
  private final long startNanos;
  private final long resetCount;

  TpmUptime(TimeSource time, long resetCount) {
    this.time = time;
    this.startNanos = time.nanoTime();
    this.resetCount = resetCount;
  }

  TpmClock read() {
    long milliseconds = Duration.ofNanos(time.nanoTime() - startNanos).toMillis();
    return new TpmClock(milliseconds, resetCount, 0, Safety.SAFE);
  }
}
