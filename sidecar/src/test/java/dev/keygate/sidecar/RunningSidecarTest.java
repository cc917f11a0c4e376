package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a sidecar ends, whoever ends it. */
class RunningSidecarTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  /** Both ways in which somebody else ends it. */
  enum End {
    CLOSE,
    END_OF_POD;

    void of(RunningSidecar sidecar) {
      switch (this) {
        case CLOSE -> sidecar.close();
        case END_OF_POD -> sidecar.endOfPod();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsNoSoonerThanItsLoop(End end) throws Exception {
    try (RunningSidecar sidecar = start(new LoopTime(this::endWhenAllowed))) {
      waiting.await();

      Thread ending = Thread.ofVirtual().start(() -> end.of(sidecar));
      interrupted.await();
      await().atMost(SOON).until(() -> ending.getState() == Thread.State.WAITING);
      mayEnd.countDown();

      assertThat(ending.join(SOON)).isTrue();
      assertThat(hasEnded).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsOnWhenTheCallerIsInterruptedAndLeavesItSo(End end) throws Exception {
    AtomicBoolean isStillInterrupted = new AtomicBoolean();
    try (RunningSidecar sidecar = start(new LoopTime(this::endWhenAllowed))) {
      waiting.await();

      Thread ending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Thread.currentThread().interrupt();
                    end.of(sidecar);
                    isStillInterrupted.set(Thread.interrupted());
                  });
      interrupted.await();
      await().atMost(SOON).until(() -> ending.getState() == Thread.State.WAITING);
      mayEnd.countDown();

      assertThat(ending.join(SOON)).isTrue();
      assertThat(hasEnded).isTrue();
      assertThat(isStillInterrupted).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void canBeEndedByItsOwnLoop(End end) throws Exception {
    CompletableFuture<RunningSidecar> started = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    LoopTime time =
        new LoopTime(
            () -> {
              end.of(started.join());
              ended.countDown();
            });
    try (RunningSidecar sidecar = start(time)) {
      started.complete(sidecar);

      assertThat(ended.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(sidecar.defect()).isEmpty();
    }
  }

  @Test
  void endsAfterItsLoopHasEnded() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    LoopTime time =
        new LoopTime(
            () -> {
              over.countDown();
              throw new InterruptedException("the loop is told to end");
            });
    RunningSidecar sidecar = start(time);
    over.await();

    Thread ending = Thread.ofVirtual().start(sidecar::close);

    assertThat(ending.join(SOON)).isTrue();
  }

  private void endWhenAllowed() throws InterruptedException {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException told) {
      interrupted.countDown();
      mayEnd.await();
      hasEnded.set(true);
      throw told;
    }
  }

  private static RunningSidecar start(TimeSource time) throws Exception {
    Settings settings =
        new Settings(
            Map.of(),
            new PlatformSettings(
                List.of(AuthorityEndpoint.parse(TestLab.MAA)),
                KeyEncryption.RSA_AES_KEY_WRAP_256,
                TestLab.machine(TransferKeyTemplate.RANDOM),
                Optional.empty()),
            new IdentitySettings.Managed(Optional.empty()),
            new Settings.GrantSettings(Optional.empty(), Duration.ofSeconds(1)),
            new Settings.LocalSettings(
                new Settings.ApiSettings(SidecarProcess.freePort(), Settings.ApiSockets.OFF),
                new Settings.ManagementSettings(InetAddress.ofLiteral("127.0.0.1"), 9250),
                new CallerSettings(Optional.empty(), Readers.GROUP, Map.of())));
    Assembly.Patience patience = new Assembly.Patience(time, Timeouts.REMOTE, Timeouts.LOCAL);
    return RunningSidecar.start(settings, Assembly.of(settings.platform(), patience));
  }

  /** What the loop does while it should wait. */
  private interface Pause {
    void run() throws InterruptedException;
  }

  /** The machine's time, but for the loop's waits. */
  private record LoopTime(Pause pause) implements TimeSource {

    private static final TimeSource REAL = new SystemTime();

    @Override
    public Instant now() {
      return REAL.now();
    }

    @Override
    public long nanoTime() {
      return REAL.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.currentThread().getName().equals("release-loop")) {
        pause.run();
      } else {
        REAL.sleep(duration);
      }
    }
  }
}
