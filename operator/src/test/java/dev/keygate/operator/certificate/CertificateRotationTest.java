package dev.keygate.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificateRotationTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final CertificateMaker maker =
      new CertificateMaker(new SecureRandom(), Set.of("keygate-webhook.keygate-system.svc"));
  private final SteppedTime time = new SteppedTime();
  private final Source source = new Source();
  private final CertificateRotation rotation = new CertificateRotation(source, INTERVAL, time);

  @AfterEach
  void close() {
    rotation.close();
  }

  @Test
  void showsNothingBeforeThereIsSomething() {
    assertThat(rotation.look()).isFalse();

    assertThat(rotation.isValid()).isFalse();
    assertThat(rotation.keys().getServerAliases("EC", null)).isNull();
  }

  @Test
  void showsTheNewestAndRemembersTheOneBefore() {
    ServingMaterial first = source.has(maker.create(List.of(), START));
    rotation.look();
    String alias = alias();
    ServingMaterial second = source.has(maker.create(List.of(), START));
    rotation.look();

    rotation.look();

    String next = alias();
    assertThat(next).isNotEqualTo(alias);
    assertThat(rotation.keys().getPrivateKey(next)).isEqualTo(second.key());
    assertThat(rotation.keys().getPrivateKey(alias)).isEqualTo(first.key());
  }

  @Test
  void showsAnotherOneOnlyWhenItIsFoundTwice() {
    source.has(maker.create(List.of(), START));
    rotation.look();
    String alias = alias();
    source.has(maker.create(List.of(), START));
    rotation.look();
    source.has(maker.create(List.of(), START));

    rotation.look();

    assertThat(alias()).isEqualTo(alias);
    rotation.look();
    assertThat(alias()).isNotEqualTo(alias);
  }

  @Test
  void showsAnotherOneAtOnceWhenTheTimeOfTheFirstIsOver() {
    source.has(maker.create(List.of(), START));
    rotation.look();
    time.now = START.plus(Duration.ofDays(91));
    source.has(maker.create(List.of(), time.now));

    rotation.look();

    assertThat(rotation.isValid()).isTrue();
  }

  @Test
  void keepsWhatItHasWhileThereIsNoOther() {
    source.has(maker.create(List.of(), START));
    rotation.look();
    source.hasNone();

    assertThat(rotation.look()).isFalse();

    assertThat(rotation.isValid()).isTrue();
  }

  @Test
  void isNotValidOnceItsTimeIsOver() {
    source.has(maker.create(List.of(), START));
    rotation.look();

    time.now = START.plus(Duration.ofDays(90));

    assertThat(rotation.isValid()).isFalse();
  }

  @Test
  void offersNoCertificateOfAnotherKind() {
    source.has(maker.create(List.of(), START));
    rotation.look();

    assertThat(rotation.keys().chooseEngineServerAlias("RSA", null, null)).isNull();
  }

  @Test
  void looksAgainSoonerAfterAFailure() throws InterruptedException {
    rotation.start();

    assertThat(time.nextSleep()).isEqualTo(Duration.ofSeconds(5));
    source.has(maker.create(List.of(), START));
    time.wake();
    assertThat(time.nextSleep()).isEqualTo(INTERVAL);
    assertThat(rotation.isValid()).isTrue();
  }

  private String alias() {
    return Objects.requireNonNull(rotation.keys().chooseEngineServerAlias("EC", null, null));
  }

  private static final class Source implements ServingCertificate {

    private volatile @Nullable ServingMaterial material;

    ServingMaterial has(IssuedCertificate issued) {
      ServingMaterial serving = issued.serving();
      material = serving;
      return serving;
    }

    void hasNone() {
      material = null;
    }

    @Override
    public ServingMaterial obtain() throws CertificateUnavailableException {
      ServingMaterial current = material;
      if (current == null) {
        throw new CertificateUnavailableException("there is none");
      }
      return current;
    }
  }

  /** A sleeper stays until the test wakes it. */
  private static final class SteppedTime implements TimeSource {

    private final BlockingQueue<Duration> sleeps = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Boolean> wakes = new SynchronousQueue<>();
    private volatile Instant now = START;

    Duration nextSleep() throws InterruptedException {
      return Objects.requireNonNull(sleeps.poll(10, TimeUnit.SECONDS));
    }

    void wake() throws InterruptedException {
      wakes.put(true);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      sleeps.add(duration);
      wakes.take();
    }
  }
}
