package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What happens at the same time has the outcome of some order: a release is what the key was when
 * it was read, and everything that comes after a change sees it.
 */
class ConcurrentReleaseTest {

  private static final String PATH = "/keys/orders";

  private static LocalVault local;

  @BeforeAll
  static void make() {
    local = new LocalVault("contoso.vault.azure.net");
  }

  @BeforeEach
  void start() {
    local.duringRelease(() -> {});
    local.catalog.remove("orders");
    local.send("POST", PATH + "/create", VaultBench.exportable("EC-HSM", VaultBench.compliant()));
  }

  @Test
  void releasesToTwoAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    local.duringRelease(() -> await(both));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse> one = threads.submit(ConcurrentReleaseTest::release);
      Future<HttpResponse> other = threads.submit(ConcurrentReleaseTest::release);

      assertThat(one.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(other.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(one.get().body()).isNotEqualTo(other.get().body());
    }
  }

  @Test
  void decidesByThePolicyThatWasThereWhenTheKeyWasRead() {
    List<HttpResponse> changes = new CopyOnWriteArrayList<>();
    local.duringRelease(() -> changes.add(narrow()));

    HttpResponse during = release();
    local.duringRelease(() -> {});
    HttpResponse after = release();

    assertThat(changes.getFirst().status()).isEqualTo(200);
    assertThat(during.status()).isEqualTo(200);
    assertThat(after.status()).isEqualTo(403);
    assertThat(lastTwo())
        .extracting(Decision::outcome)
        .containsExactly(Decision.Outcome.ALLOWED, Decision.Outcome.DENIED);
  }

  @Test
  void finishesTheReleaseOfAKeyThatIsDeletedMeanwhile() {
    List<HttpResponse> deletions = new CopyOnWriteArrayList<>();
    local.duringRelease(() -> deletions.add(local.send("DELETE", PATH, Json.object())));

    HttpResponse during = release();
    local.duringRelease(() -> {});

    assertThat(deletions.getFirst().status()).isEqualTo(200);
    assertThat(during.status()).isEqualTo(200);
    assertThat(release().status()).isEqualTo(404);
  }

  @Test
  void releasesTheVersionThatWasNewestWhenTheKeyWasRead() throws Exception {
    String before = local.catalog.find("orders").orElseThrow().current().id();
    local.duringRelease(() -> local.send("POST", PATH + "/rotate", Json.object()));

    HttpResponse during = release();

    assertThat(payload(during).at("/response/key/key/kid").asText()).endsWith(before);
    assertThat(local.catalog.find("orders").orElseThrow().current().id()).isNotEqualTo(before);
  }

  @Test
  void losesNoVersionOfManyMadeAtOnce() throws Exception {
    int count = 40;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String action = i % 2 == 0 ? "/rotate" : "/create";
        answers.add(
            threads.submit(
                () -> local.send("POST", PATH + action, Json.object().put("kty", "EC-HSM"))));
      }
      for (Future<HttpResponse> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }

    assertThat(local.catalog.find("orders").orElseThrow().versions()).hasSize(count + 1);
  }

  // Whoever is given a key is given it under a policy that permits that, whatever happens beside.
  @Test
  void mixesNoTwoStatesOfAKey() throws Exception {
    ObjectNode widened = change(VaultBench.compliant());
    ObjectNode narrowed = change(VaultBench.policy("absent", "1"));
    List<HttpResponse> releases = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ObjectNode policy = i % 2 == 0 ? widened : narrowed;
        threads.execute(() -> local.send("PATCH", PATH, policy));
        answers.add(threads.submit(ConcurrentReleaseTest::release));
        if (i % 10 == 9) {
          threads.execute(() -> local.send("DELETE", PATH, Json.object()));
          answers.add(threads.submit(ConcurrentReleaseTest::release));
          threads.execute(() -> local.send("POST", "/deletedkeys/orders/recover", Json.object()));
        }
      }
      for (Future<HttpResponse> answer : answers) {
        releases.add(answer.get(20, TimeUnit.SECONDS));
      }
    }

    for (HttpResponse answer : releases) {
      assertThat(answer.status()).isIn(200, 403, 404);
      if (answer.status() == 200) {
        assertThat(payload(answer).at("/response/key/release_policy/data"))
            .isEqualTo(widened.at("/release_policy/data"));
      }
    }
    assertThat(local.log.all().stream().filter(one -> one.subject().endsWith(PATH)).count())
        .isGreaterThanOrEqualTo(releases.size());
  }

  @Test
  void makesAPolicyImmutableForAllWhoChangeItAtOnce() throws Exception {
    int count = 20;
    ObjectNode immutable = change(VaultBench.compliant());
    immutable.withObject("/release_policy").put("immutable", true);
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        answers.add(threads.submit(() -> local.send("PATCH", PATH, immutable)));
      }
      for (Future<HttpResponse> answer : answers) {
        statuses.add(answer.get(20, TimeUnit.SECONDS).status());
      }
    }

    assertThat(statuses).containsOnlyOnce(200).contains(400);
  }

  private static HttpResponse release() {
    return local.send(
        "POST", PATH + "/release", Json.object().put("target", local.authority.token()));
  }

  private static HttpResponse narrow() {
    return local.send("PATCH", PATH, change(VaultBench.policy("absent", "1")));
  }

  private static ObjectNode change(String policy) {
    return Json.object().set("release_policy", VaultBench.carrier(policy));
  }

  private static List<Decision> lastTwo() {
    List<Decision> all = local.log.all();
    return all.subList(all.size() - 2, all.size());
  }

  private static ObjectNode payload(HttpResponse response) throws MalformedTextException {
    String jws = Json.parseObject(response.body()).path("value").asText();
    return CompactJws.parse(jws).unverifiedClaims();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
