package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.testing.EnvelopeDraft;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.Jws;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.testing.TestAuthority;
import dev.keygate.sidecar.testing.TestGuest;
import dev.keygate.sidecar.testing.TestVault;
import dev.keygate.sidecar.testing.WrappedMaterial;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReleaseFlowTest {

  private static final String KEY = "https://" + TestVault.HOST + "/keys/orders";

  private final TestGuest guest = new TestGuest();
  private final TestVault vault = new TestVault();
  private final MemoryLease lease = new MemoryLease();
  private final ReleaseFlow flow = flow(guest, vault, lease);

  @AfterEach
  void close() {
    lease.close();
  }

  static ReleaseFlow flow(TestGuest guest, TestVault vault, KeySink sink) {
    return flow(guest, vault, sink, new FakeTime());
  }

  static ReleaseFlow flow(TestGuest guest, TestVault vault, KeySink sink, FakeTime time) {
    BearerTokenSource tokens = audience -> new BearerToken("t", audience, FakeTime.START);
    return new ReleaseFlow(
        new ReleasePorts(guest, new KeyReleaseHttpClient(vault, tokens, time), tokens, sink),
        new ReleaseRules(
            KeyEncryption.RSA_AES_KEY_WRAP_256,
            new EnvelopeVerifier(TestVault.CERTIFICATES.roots()),
            new RetryPolicy(RetryLimits.ONCE, time, new SecureRandom())),
        time,
        new SecureRandom());
  }

  @Test
  void deliversWhatTheVaultReleases() throws Exception {
    ReleaseOutcome outcome = release(target("orders", ""));

    assertThat(outcome)
        .isEqualTo(
            new ReleaseOutcome.Released(
                "orders", KeyIdentifier.parse(KEY + "/" + EnvelopeDraft.VERSION)));
    assertThat(lease.held("orders")).hasSize(1);
    assertThat(guest.closed()).isEqualTo(1);
  }

  @Test
  void leavesARecordOfAReleaseWithoutSecrets() throws Exception {
    try (LogLines log = LogLines.collect()) {
      release(target("orders", ""));
      assertThat(record(log, "Key released"))
          .contains("name=orders", "outcome=released", "reason=", "key=" + KEY)
          .contains(
              EnvelopeDraft.VERSION, "policyDigest=sha256:", "tokenIdHash=", "durationMillis=")
          .contains("authority=" + TestAuthority.ENDPOINT);
    }
  }

  @Test
  void leavesARecordOfARefusalToo() throws Exception {
    vault.deny(key -> true);
    try (LogLines log = LogLines.collect()) {
      release(target("orders", ""));
      assertThat(record(log, "Key not released"))
          .contains("outcome=refused", "reason=ReleaseDenied", "key=" + KEY, "durationMillis=");
    }
  }

  private static String record(LogLines log, String message) {
    return log.lines().stream().filter(line -> line.contains(message)).findFirst().orElse("");
  }

  @Test
  void attestsOnceForAllTargets() throws Exception {
    List<ReleaseOutcome> outcomes =
        flow.release(
            List.of(
                target("orders", "/" + ReleasedKeys.FIRST),
                target("orders", "/" + ReleasedKeys.SECOND),
                target("more", "")));

    assertThat(outcomes).allMatch(ReleaseOutcome.Released.class::isInstance);
    assertThat(guest.attestations()).isEqualTo(1);
    assertThat(lease.held("orders")).hasSize(2);
  }

  @Test
  void doesNotAskTheVaultWhatThePolicyDenies() throws Exception {
    KeyTarget denied =
        new KeyTarget("orders", KeyIdentifier.parse(KEY), Optional.of(policy("false")));

    assertThat(release(denied))
        .isInstanceOfSatisfying(
            ReleaseOutcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.PolicyDenied));
    assertThat(vault.asked()).isEmpty();
    assertThat(lease.held("orders")).isEmpty();
  }

  @Test
  void releasesOneKeyWhereAnotherIsDenied() throws Exception {
    KeyTarget denied =
        new KeyTarget("denied", KeyIdentifier.parse(KEY), Optional.of(policy("false")));

    List<ReleaseOutcome> outcomes = flow.release(List.of(denied, target("orders", "")));

    assertThat(outcomes.getFirst()).isInstanceOf(ReleaseOutcome.Refused.class);
    assertThat(outcomes.getLast()).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void givesEveryTargetTheReasonWhyAttestationFailed() throws Exception {
    guest.fail(new RefusedException(Reason.DebugAllowed, "Debuggable."));

    List<ReleaseOutcome> outcomes = flow.release(List.of(target("orders", ""), target("more", "")));

    assertThat(outcomes)
        .containsExactly(
            new ReleaseOutcome.Refused("orders", Reason.DebugAllowed, "Debuggable."),
            new ReleaseOutcome.Refused("more", Reason.DebugAllowed, "Debuggable."));
    assertThat(vault.asked()).isEmpty();
  }

  @Tag("rival-14")
  @Test
  void doesNotDeliverFromAnEnvelopeWithoutTheNonce() throws Exception {
    vault.tamper(draft -> draft.withRequestNonce(""));

    refuses(Reason.EnvelopeInvalid);
  }

  @Test
  void doesNotDeliverFromTheEnvelopeOfAnotherRequest() throws Exception {
    vault.tamper(draft -> draft.withRequestNonce(",\"nonce\":\"" + "A".repeat(43) + "\""));

    refuses(Reason.EnvelopeInvalid);
  }

  @Test
  void doesNotDeliverAKeyThatIsWrappedForSomebodyElse() throws Exception {
    byte[] ciphertext =
        WrappedMaterial.ciphertext(
            "RSA_AES_KEY_WRAP_256",
            Keys.publicKey(Keys.OTHER),
            Keys.TARGET.getPrivate().getEncoded());
    vault.tamper(
        draft ->
            draft.withKeyHsm(
                EnvelopeDraft.keyHsm(
                    "1.0", "dir", "RSA_AES_KEY_WRAP_256", Jws.base64Url(ciphertext))));

    refuses(Reason.UnwrapFailed);
  }

  @Test
  void doesNotDeliverAnotherKeyThanAnnounced() throws Exception {
    vault.tamper(
        draft -> draft.withKeyHsm(EnvelopeDraft.keyHsm("RSA_AES_KEY_WRAP_256", Keys.OTHER)));

    refuses(Reason.UnwrapFailed);
  }

  private void refuses(Reason reason) throws Exception {
    assertThat(release(target("orders", "")))
        .isInstanceOfSatisfying(
            ReleaseOutcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(reason));
    assertThat(lease.held("orders")).isEmpty();
    assertThat(guest.closed()).isEqualTo(1);
  }

  private ReleaseOutcome release(KeyTarget target) throws InterruptedException {
    return flow.release(List.of(target)).getFirst();
  }

  private static KeyTarget target(String name, String version) throws Exception {
    return new KeyTarget(name, KeyIdentifier.parse(KEY + version), Optional.of(policy("true")));
  }

  private static ReleasePolicyDocument policy(String secureBoot) throws Exception {
    return PolicyParser.parse(
        "{\"anyOf\":[{\"authority\":\"https://sharedweu.weu.attest.azure.net\",\"allOf\":[{"
            + "\"claim\":\"secureboot\",\"equals\":"
            + secureBoot
            + "}]}]}");
  }
}
