package dev.keygate.azure.thim;

import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Serves or fails as it was told, and counts how often it was asked. */
final class ScriptedSource implements CollateralSource {

  private interface Answer {
    AmdCertification give() throws FailureException;
  }

  private final AtomicInteger calls = new AtomicInteger();
  private volatile Answer answer =
      () -> {
        throw new AssertionError("this source was told nothing");
      };

  void serves(SoftwareVcek vcek, Duration cacheFor) {
    serves(() -> SoftwarePlatform.certification(vcek, cacheFor));
  }

  void serves(Supplier<AmdCertification> certification) {
    answer = certification::get;
  }

  void isAway() {
    fails(() -> new UnavailableException(Reason.CollateralUnavailable, "away"));
  }

  void fails(Supplier<FailureException> failure) {
    answer =
        () -> {
          throw failure.get();
        };
  }

  int calls() {
    return calls.get();
  }

  @Override
  public AmdCertification collateral(AmdPlatform platform) throws FailureException {
    calls.incrementAndGet();
    return answer.give();
  }
}
