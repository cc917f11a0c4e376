package dev.keygate.azure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenCacheTest {

  private static final Audience VAULT = new Audience("https://vault.azure.net");
  private static final Audience HSM = new Audience("https://managedhsm.azure.net");
  private static final int CALLERS = 16;

  private final FakeTime time = new FakeTime();
  private final AtomicInteger fetches = new AtomicInteger();

  private BearerToken fresh(Audience audience) {
    return new BearerToken(
        "token-" + fetches.incrementAndGet(), audience, time.now().plus(Duration.ofHours(1)));
  }

  private TokenCache cache(BearerTokenSource source) {
    return new TokenCache(source, new RetryPolicy(RetryLimits.ONCE, time, new Random(1)), time);
  }

  private static UnavailableException away() {
    return new UnavailableException(Reason.IdentityUnavailable, "away");
  }

  @Test
  void keepsATokenUntilFiveMinutesBeforeItExpires() throws Exception {
    TokenCache cache = cache(this::fresh);
    BearerToken first = cache.token(VAULT);

    time.advance(Duration.ofMinutes(54).plusSeconds(59));
    assertThat(cache.token(VAULT)).isSameAs(first);

    time.advance(Duration.ofSeconds(1));
    assertThat(cache.token(VAULT)).isNotSameAs(first);
    assertThat(fetches.get()).isEqualTo(2);
  }

  @Test
  void keepsOneTokenForEachAudience() throws Exception {
    TokenCache cache = cache(this::fresh);

    assertThat(cache.token(VAULT).audience()).isEqualTo(VAULT);
    assertThat(cache.token(HSM).audience()).isEqualTo(HSM);
    cache.token(VAULT);

    assertThat(fetches.get()).isEqualTo(2);
  }

  @Tag("rival-13")
  @Test
  void oneCallerFetchesForAll() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TokenCache cache =
        cache(
            audience -> {
              fetching.countDown();
              goOn.await();
              return fresh(audience);
            });
    ConcurrentLinkedQueue<BearerToken> tokens = new ConcurrentLinkedQueue<>();
    List<Thread> callers = start(() -> tokens.add(cache.token(VAULT)));

    fetching.await();
    awaitAllWaiting(callers);
    goOn.countDown();
    join(callers);

    assertThat(tokens).hasSize(CALLERS).containsOnly(tokens.element());
    assertThat(fetches.get()).isEqualTo(1);
  }

  @Test
  void aFailureIsSharedAndNotKept() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    TokenCache cache =
        cache(
            audience -> {
              if (fetches.incrementAndGet() == 1) {
                goOn.await();
                throw new RefusedException(Reason.IdentityRefused, "no");
              }
              return fresh(audience);
            });
    AtomicInteger refused = new AtomicInteger();
    List<Thread> callers =
        start(
            () -> {
              if (catchThrowable(() -> cache.token(VAULT)) instanceof RefusedException) {
                refused.incrementAndGet();
              }
            });

    awaitAllWaiting(callers);
    goOn.countDown();
    join(callers);

    assertThat(refused.get()).isEqualTo(CALLERS);
    assertThat(fetches.get()).isEqualTo(1);
    assertThat(cache.token(VAULT).audience()).isEqualTo(VAULT);
  }

  @Test
  void aWaitingCallerTakesOverWhenTheFetchingOneIsInterrupted() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    TokenCache cache =
        cache(
            audience -> {
              if (fetching.getCount() > 0) {
                fetching.countDown();
                never.await();
              }
              return fresh(audience);
            });
    Thread leader = Thread.startVirtualThread(() -> runQuietly(() -> cache.token(VAULT)));
    fetching.await();
    ConcurrentLinkedQueue<BearerToken> tokens = new ConcurrentLinkedQueue<>();
    List<Thread> callers = start(() -> tokens.add(cache.token(VAULT)));

    awaitAllWaiting(callers);
    leader.interrupt();
    join(callers);

    assertThat(tokens).hasSize(CALLERS);
    assertThat(fetches.get()).isEqualTo(1);
  }

  @Test
  void aTokenThatStillWorksIsGivenOutWhileTheProviderIsAway() throws Exception {
    TokenCache cache =
        cache(
            audience -> {
              if (fetches.get() > 0) {
                throw away();
              }
              return fresh(audience);
            });
    BearerToken first = cache.token(VAULT);

    time.advance(Duration.ofMinutes(59).plusSeconds(29));
    assertThat(cache.token(VAULT)).isSameAs(first);

    time.advance(Duration.ofSeconds(1));
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> cache.token(VAULT));
  }

  @Test
  void aRefusalIsNotHiddenByAKeptToken() throws Exception {
    TokenCache cache =
        cache(
            audience -> {
              if (fetches.get() > 0) {
                throw new RefusedException(Reason.IdentityRefused, "no");
              }
              return fresh(audience);
            });
    cache.token(VAULT);

    time.advance(Duration.ofMinutes(56));

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> cache.token(VAULT));
  }

  @Test
  void aTokenThatAServiceRefusedIsNotGivenOutAgain() throws Exception {
    TokenCache cache = cache(this::fresh);
    BearerToken first = cache.token(VAULT);

    cache.discard(first);
    BearerToken second = cache.token(VAULT);
    cache.discard(first);

    assertThat(second).isNotSameAs(first);
    assertThat(cache.token(VAULT)).isSameAs(second);
  }

  @Tag("rival-13")
  @Test
  void triesAgainWithinItsLimits() throws Exception {
    RetryLimits limits =
        new RetryLimits(5, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(100));
    TokenCache cache =
        new TokenCache(
            audience -> {
              if (fetches.incrementAndGet() < 3) {
                throw away();
              }
              return fresh(audience);
            },
            new RetryPolicy(limits, time, new Random(1)),
            time);

    assertThat(cache.token(VAULT).audience()).isEqualTo(VAULT);
    assertThat(time.sleeps()).hasSize(2);
  }

  private interface Calling {
    void run() throws FailureException, InterruptedException;
  }

  private static List<Thread> start(Calling call) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      threads.add(Thread.startVirtualThread(() -> runQuietly(call)));
    }
    return threads;
  }

  private static void runQuietly(Calling call) {
    try {
      call.run();
    } catch (FailureException | InterruptedException ended) {
      // The tests look at what came out.
    }
  }

  private static void awaitAllWaiting(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
