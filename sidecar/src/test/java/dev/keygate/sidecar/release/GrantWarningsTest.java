package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.PolicyParser;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantWarningsTest {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";
  private static final String WEU = "https://sharedweu.weu.attest.azure.net";
  private static final String NEU = "https://sharedneu.neu.attest.azure.net";

  @ParameterizedTest
  @CsvSource({
    WEU + ", ''",
    WEU + "/, ''",
    "HTTPS://SharedWEU.weu.attest.azure.net, ''",
    WEU + ", " + NEU
  })
  void hasNothingToSayOfAGrantThatStaysWithinTheSettings(String first, String second)
      throws Exception {
    List<String> named = second.isEmpty() ? List.of(first) : List.of(first, second);

    assertThat(GrantWarnings.of(pin(), grant(KEY, named), pinned(WEU, NEU))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.vault.azure.net/keys/orders",
        "https://contoso.vault.azure.net/keys/payroll",
        "https://contoso.managedhsm.azure.net/keys/orders"
      })
  void warnsOfAnotherKey(String key) throws Exception {
    assertThat(GrantWarnings.of(pin(), grant(key, List.of(WEU)), pinned(WEU)))
        .singleElement()
        .asString()
        .contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NEU,
        "https://evil.weu.attest.azure.net",
        "https://sharedweu.weu.attest.azure.net.evil.net",
        "http://sharedweu.weu.attest.azure.net",
        "https://sharedweu.weu.attest.azure.net/x",
        "anything"
      })
  void warnsOfAnAuthorityThatIsNotPinned(String authority) throws Exception {
    assertThat(GrantWarnings.of(pin(), grant(KEY, List.of(authority)), pinned(WEU)))
        .singleElement()
        .asString()
        .contains(authority);
    assertThat(GrantWarnings.of(pin(), grant(KEY, List.of(WEU, authority)), pinned(WEU)))
        .singleElement()
        .asString()
        .contains(authority)
        .doesNotContain(WEU + ",");
  }

  @Test
  void warnsOfKeyAndAuthorityAtOnce() throws Exception {
    assertThat(GrantWarnings.of(pin(), grant(KEY + "-2", List.of(NEU)), pinned(WEU))).hasSize(2);
  }

  @Test
  void isLoggedOnceUntilSomethingElseIsWrong() throws Exception {
    List<Grant> now = new ArrayList<>(List.of(grant(KEY, List.of(NEU))));
    KeyPlans plans = new KeyPlans(Optional.of(_ -> now.getLast()), pinned(WEU));

    assertThat(warningsOf(plans)).isEqualTo(1);
    assertThat(warningsOf(plans)).isZero();
    now.add(grant(KEY + "-2", List.of(NEU)));
    assertThat(warningsOf(plans)).isEqualTo(1);
    now.add(grant(KEY, List.of(WEU)));
    assertThat(warningsOf(plans)).isZero();
    now.add(grant(KEY, List.of(NEU)));
    assertThat(warningsOf(plans)).isEqualTo(1);
  }

  private static long warningsOf(KeyPlans plans) throws Exception {
    try (LogLines log = LogLines.collect()) {
      plans.plan(pin());
      return log.lines().stream()
          .filter(line -> line.contains("The grant contradicts the settings"))
          .count();
    }
  }

  private static KeyPin pin() throws Exception {
    return new KeyPin("orders", KeyIdentifier.parse(KEY));
  }

  private static List<AuthorityEndpoint> pinned(String... urls) throws Exception {
    List<AuthorityEndpoint> pinned = new ArrayList<>();
    for (String url : urls) {
      pinned.add(AuthorityEndpoint.parse(url));
    }
    return pinned;
  }

  private static Grant grant(String key, List<String> authorities) throws Exception {
    List<String> branches =
        authorities.stream()
            .map(
                authority ->
                    "{\"authority\":\""
                        + authority
                        + "\",\"allOf\":[{\"claim\":\"secureboot\",\"equals\":true}]}")
            .toList();
    return new Grant(
        KeyIdentifier.parse(key),
        List.of(new GrantedVersion(new KeyVersion(ReleasedKeys.FIRST), VersionState.Current)),
        PolicyParser.parse("{\"anyOf\":[" + String.join(",", branches) + "]}"),
        Duration.ofMinutes(5));
  }
}
