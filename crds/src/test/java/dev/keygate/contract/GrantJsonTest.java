package dev.keygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantJsonTest {

  private static final String POLICY =
      "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\","
          + "\"allOf\":[{\"claim\":\"c\",\"equals\":true}]}]}";
  private static final KeyVersion OLD = new KeyVersion("0".repeat(32));
  private static final KeyVersion NEW = new KeyVersion("a".repeat(32));
  private static final KeyIdentifier KEY =
      KeyIdentifier.of(new VaultHost("contoso.vault.azure.net"), "orders");
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @Test
  void readsWhatItWrote() throws Exception {
    Grant grant = grant();

    assertThat(GrantJson.parse(GrantJson.write(grant))).isEqualTo(grant);
    assertThat(grant.currentVersion()).isEqualTo(NEW);
  }

  @Test
  void writesTheAgreedMembers() throws Exception {
    assertThat(GrantJson.write(grant()))
        .isEqualTo(
            "{\"schemaVersion\":1,"
                + "\"keyIdentifier\":\"https://contoso.vault.azure.net/keys/orders\","
                + "\"versions\":[{\"version\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"state\":\"Current\"},"
                + "{\"version\":\"00000000000000000000000000000000\",\"state\":\"Overlap\"}],"
                + "\"policy\":\""
                + POLICY.replace("\"", "\\\"")
                + "\",\"policyDigest\":\""
                + grant().policyDigest()
                + "\",\"refreshIntervalSeconds\":300}");
  }

  @Test
  void readsInWhichTimeNewVersionsAreFetched() throws Exception {
    Grant before = grant();
    Grant grant =
        new Grant(
            before.keyIdentifier(),
            before.versions(),
            before.policy(),
            before.refreshInterval(),
            Duration.ofHours(6));

    assertThat(GrantJson.parse(GrantJson.write(grant))).isEqualTo(grant);
  }

  @Test
  void readsOverMembersOfALaterRelease() throws Exception {
    String later =
        GrantJson.write(grant())
            .replace("{\"schemaVersion\"", "{\"vault\":\"https://evil.example\",\"schemaVersion\"")
            .replace("\"state\":\"Current\"", "\"state\":\"Current\",\"until\":null");

    assertThat(GrantJson.parse(later)).isEqualTo(grant());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "schemaVersion":1 | "schemaVersion":2
          "schemaVersion":1 | "schemaVersion":"1"
          "schemaVersion":1 | "schemaVersion":1.5
          "schemaVersion":1 | "schemaVersion":-1
          "schemaVersion":1 | "schema":1
          /keys/orders" | /keys/orders/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          /keys/orders" | /secrets/orders"
          contoso.vault.azure.net | contoso.example.com
          "keyIdentifier" | "key"
          "versions":[ | "versions":[1,
          "versions" | "revisions"
          "state":"Current" | "state":"Overlap"
          "state":"Overlap" | "state":"Current"
          "state":"Overlap" | "state":"Retired"
          "state":"Overlap" | "state":"overlap"
          "state":"Overlap" | "stage":"Overlap"
          00000000000000000000000000000000 | 0000
          00000000000000000000000000000000 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          \\"equals\\":true | \\"equals\\":false
          \\"equals\\":true | \\"equals\\":null
          "policy":" | "policy":"x
          "policyDigest":"sha256: | "policyDigest":"sha512:
          "policyDigest" | "digest"
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":0
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":300,"fetchWithinSeconds":86401
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":300,"fetchWithinSeconds":-1
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":300,"fetchWithinSeconds":"1"
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":86401
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":0.5
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":1e300
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":"300"
          "refreshIntervalSeconds":300 | "refreshIntervalSeconds":300,"refreshIntervalSeconds":300
          """)
  void refusesADefect(String good, String bad) throws Exception {
    String json = GrantJson.write(grant());
    String broken = json.replace(good, bad);
    assertThat(broken).isNotEqualTo(json);

    assertThatExceptionOfType(GrantFormatException.class).isThrownBy(() -> GrantJson.parse(broken));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "{", "\"grant\"", "// c\n{}"})
  void refusesWhatIsNoGrant(String json) {
    assertThatExceptionOfType(GrantFormatException.class).isThrownBy(() -> GrantJson.parse(json));
  }

  @Test
  void refusesMoreThanItsSize() throws Exception {
    String json = GrantJson.write(grant()) + " ".repeat(GrantJson.MAX_BYTES);

    assertThatExceptionOfType(GrantFormatException.class).isThrownBy(() -> GrantJson.parse(json));
  }

  @Property(tries = 300)
  void throwsNothingElseForAnyText(@ForAll @StringLength(max = 60) String text) {
    try {
      assertThat(GrantJson.parse(text)).isNotNull();
    } catch (GrantFormatException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }

  @Test
  void cannotBeMadeAgainstItsRules() throws Exception {
    ReleasePolicyDocument policy = PolicyParser.parse(POLICY);
    GrantedVersion current = new GrantedVersion(NEW, VersionState.Current);
    GrantedVersion overlap = new GrantedVersion(OLD, VersionState.Overlap);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY.at(NEW), List.of(current), policy, INTERVAL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY, List.of(), policy, INTERVAL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY, List.of(overlap), policy, INTERVAL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY, List.of(current, current), policy, INTERVAL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY, List.of(current), policy, Duration.ofMillis(1500)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grant(KEY, List.of(current), policy, Duration.ofDays(2)));
  }

  @Test
  void namesTheConfigMapAfterTheKey() {
    assertThat(GrantConfigMap.nameFor("orders")).isEqualTo("orders.keygate");
    assertThat(Annotations.keysOf("app")).isEqualTo("keygate.dev/keys.app");
  }

  private static Grant grant() throws Exception {
    return new Grant(
        KEY,
        List.of(
            new GrantedVersion(NEW, VersionState.Current),
            new GrantedVersion(OLD, VersionState.Overlap)),
        PolicyParser.parse(POLICY),
        INTERVAL);
  }
}
