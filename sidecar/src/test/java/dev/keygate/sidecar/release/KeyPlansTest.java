package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.policy.PolicyParser;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPlansTest {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";

  @TempDir private Path folder;

  private KeyPin pin = pin();
  private KeyPlans plans = new KeyPlans(Optional.empty(), List.of());

  @BeforeEach
  void read() {
    plans = new KeyPlans(Optional.of(new GrantFolder(folder)), List.of());
  }

  @Test
  void plansTheVersionsOfTheGrantCurrentFirst() throws Exception {
    write(grant(KEY, overlap(ReleasedKeys.FIRST), current(ReleasedKeys.SECOND)));

    KeyPlan plan = plans.plan(pin);

    assertThat(plan.targets())
        .extracting(target -> target.key().toString())
        .containsExactly(KEY + "/" + ReleasedKeys.SECOND, KEY + "/" + ReleasedKeys.FIRST);
    assertThat(plan.policy()).isPresent();
  }

  /** Whoever may write ConfigMaps must not gain anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.vault.azure.net/keys/orders",
        "https://contoso.vault.azure.net/keys/payroll",
        "https://contoso.managedhsm.azure.net/keys/orders"
      })
  @Tag("rival-02")
  void doesNotLetTheGrantChooseVaultOrKey(String granted) throws Exception {
    write(grant(granted, current(ReleasedKeys.FIRST)));

    KeyPlan plan = plans.plan(pin);

    assertThat(plan.targets())
        .allSatisfy(target -> assertThat(target.key().base()).isEqualTo(pin.key()));
  }

  @Test
  void waitsForAGrantThatIsNotThereYet() {
    fails(Reason.GrantMissing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"schemaVersion\":2}", "\u0000"})
  void refusesAGrantThatIsNone(String text) throws Exception {
    write(text);

    fails(Reason.GrantMalformed);
  }

  @Test
  void refusesAGrantThatIsTooLargeOrNoText() throws Exception {
    write("x".repeat(GrantJson.MAX_BYTES + 1));
    fails(Reason.GrantMalformed);

    Files.write(folder.resolve("orders/grant.json"), new byte[] {(byte) 0xC3, 0x28});
    fails(Reason.GrantMalformed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"schemaVersion\":1}"})
  void keepsTheLastGoodGrantInForce(String damaged) throws Exception {
    write(grant(KEY, current(ReleasedKeys.FIRST)));
    KeyPlan before = plans.plan(pin);

    write(damaged);
    assertThat(plans.plan(pin)).isEqualTo(before);

    Files.delete(folder.resolve("orders/grant.json"));
    assertThat(plans.plan(pin)).isEqualTo(before);
  }

  @Test
  void takesTheNextGoodGrant() throws Exception {
    write(grant(KEY, current(ReleasedKeys.FIRST)));
    plans.plan(pin);
    write("{");
    plans.plan(pin);
    write(grant(KEY, current(ReleasedKeys.SECOND)));

    assertThat(plans.plan(pin).granted())
        .extracting(version -> version.version().value())
        .containsExactly(ReleasedKeys.SECOND);
  }

  @Test
  void plansThePinAloneWhereThereAreNoGrants() throws Exception {
    KeyPlan plan = new KeyPlans(Optional.empty(), List.of()).plan(pin);

    assertThat(plan.targets())
        .containsExactly(new KeyTarget("orders", pin.key(), Optional.empty()));
    assertThat(plan.isGranted()).isFalse();
  }

  private void fails(Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> plans.plan(pin))
        .returns(reason, FailureException::reason);
  }

  private void write(Grant grant) throws IOException {
    write(GrantJson.write(grant));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folder.resolve("orders"));
    Files.write(folder.resolve("orders/grant.json"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPin pin() {
    try {
      return new KeyPin("orders", KeyIdentifier.parse(KEY));
    } catch (EndpointFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Grant grant(String key, GrantedVersion... versions) throws Exception {
    return new Grant(
        KeyIdentifier.parse(key),
        List.of(versions),
        PolicyParser.parse(
            """
            {"anyOf":[{"authority":"https://sharedweu.weu.attest.azure.net",
              "allOf":[{"claim":"secureboot","equals":true}]}]}
            """),
        Duration.ofMinutes(5));
  }

  private static GrantedVersion current(String version) {
    return new GrantedVersion(new KeyVersion(version), VersionState.Current);
  }

  private static GrantedVersion overlap(String version) {
    return new GrantedVersion(new KeyVersion(version), VersionState.Overlap);
  }
}
