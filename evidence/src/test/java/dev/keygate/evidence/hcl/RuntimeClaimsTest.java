package dev.keygate.evidence.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeClaimsTest {

  private static final String CLAIMS =
      """
      {"keys":[{"kid":"HCLAkPub","key_ops":["sign"],"kty":"RSA","e":"AQAB","n":"gAE"},
       {"kid":"HCLEkPub","kty":"RSA","e":"Aw","n":"wQ"}],
       "vm-configuration":{"console-enabled":true,"secure-boot":false,"tpm-enabled":true,
       "root-cert-thumbprint":"","vmUniqueId":"911B0EF8-9DBA-48B0-B275-4E4DF2D39252"},
       "user-data":"0aFF"}\
      """;

  @Test
  void readsKeysConfigurationAndUserData() throws Exception {
    RuntimeClaims claims = RuntimeClaims.parse(Bytes.ofUtf8(CLAIMS));
    assertThat(claims.attestationKey())
        .contains(new RsaJwk("HCLAkPub", Bytes.fromHex("8001"), Bytes.fromHex("010001")));
    assertThat(claims.key(RuntimeClaims.ENDORSEMENT_KEY)).isPresent();
    assertThat(claims.vmConfiguration().secureBoot()).contains(false);
    assertThat(claims.vmConfiguration().consoleEnabled()).contains(true);
    assertThat(claims.vmConfiguration().tpmPersisted()).isEmpty();
    assertThat(claims.userData()).contains(Bytes.fromHex("0aff"));
    assertThat(claims.raw()).isEqualTo(Bytes.ofUtf8(CLAIMS));
  }

  @Test
  void readsWhatOnlySomeParavisorsState() throws Exception {
    String claims =
        "{\"vm-configuration\":{\"current-time\":1700000000,\"root-cert-thumbprint\":\"Zm9v-_\","
            + "\"filtered-vpci-devices-allowed\":true,\"tpm-persisted\":false}}";
    VmConfiguration configuration = RuntimeClaims.parse(Bytes.ofUtf8(claims)).vmConfiguration();
    assertThat(configuration.currentTime()).contains(Instant.ofEpochSecond(1_700_000_000));
    assertThat(configuration.rootCertThumbprint()).contains("Zm9v-_");
    assertThat(configuration.filteredVpciDevicesAllowed()).contains(true);
    assertThat(configuration.tpmPersisted()).contains(false);
    assertThat(configuration.secureBoot()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kid\":\"x\",\"kty\":\"EC\",\"n\":\"\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}]}",
        "{\"vm-configuration\":{},\"future\":{\"a\":[1,2,{\"b\":null}]}}",
        " {\"user-data\":\"\"} "
      })
  void readsClaimsThatSayLess(String claims) throws Exception {
    assertThat(RuntimeClaims.parse(Bytes.ofUtf8(claims)).attestationKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"keys\"",
        "{",
        "{\"keys\"}",
        "{\"keys\":{}}",
        "{\"keys\":[1]}",
        "{\"keys\":[}",
        "{\"keys\":[]}x",
        "{\"keys\":[]}{}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{\"kid\":7}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\"}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"AAE\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"gAE=\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"g+E\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"gAE\",\"e\":\"AQABAQABAQABAQAB\"}]}",
        "{\"vm-configuration\":{\"secure-boot\":\"true\"}}",
        "{\"vm-configuration\":{\"secure-boot\":1}}",
        "{\"vm-configuration\":{\"vmUniqueId\":\"not-a-guid\"}}",
        "{\"vm-configuration\":{\"current-time\":-1}}",
        "{\"vm-configuration\":{\"current-time\":1.5}}",
        "{\"vm-configuration\":{\"current-time\":\"1\"}}",
        "{\"vm-configuration\":{\"current-time\":253402300800}}",
        "{\"vm-configuration\":{\"current-time\":99999999999999999999}}",
        "{\"vm-configuration\":{\"root-cert-thumbprint\":\"a b\"}}",
        "{\"vm-configuration\":{\"root-cert-thumbprint\":7}}",
        "{\"vm-configuration\":{\"filtered-vpci-devices-allowed\":null}}",
        "{\"user-data\":\"0\"}",
        "{\"user-data\":\"zz\"}",
        "{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}"
      })
  void refusesClaimsThatAreMalformed(String claims) {
    assertThat(failureOf(Bytes.ofUtf8(claims))).isNotNull();
  }

  @Test
  void refusesUserDataOfMoreThanItsIndexHolds() {
    assertThat(failureOf(Bytes.ofUtf8("{\"user-data\":\"" + "00".repeat(65) + "\"}")).field())
        .isEqualTo("user-data");
  }

  @Test
  void refusesMoreKeysThanAnyParavisorHas() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      keys.append(i == 0 ? "" : ",")
          .append("{\"kid\":\"k" + i + "\",\"kty\":\"RSA\",\"n\":\"gAE\",\"e\":\"AQAB\"}");
    }
    assertThat(failureOf(Bytes.ofUtf8("{\"keys\":[" + keys + "]}")).field()).isEqualTo("keys");
  }

  @Test
  void refusesUtf16() {
    assertThat(failureOf(Bytes.fromHex("7b007d00"))).isNotNull();
    assertThat(failureOf(Bytes.fromHex("fffe7b007d00"))).isNotNull();
  }

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll @Size(max = 200) byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 1000)
  void readsOrRefusesClaimsWithAnyByteReplaced(
      @ForAll @IntRange(max = 380) int offset, @ForAll byte value) {
    byte[] claims = Bytes.ofUtf8(CLAIMS).toArray();
    claims[offset % claims.length] = value;
    assertReadOrRefused(claims);
  }

  @Property(tries = 300)
  void readsOrRefusesClaimsCutAnywhere(@ForAll @IntRange(max = 380) int length) {
    Bytes claims = Bytes.ofUtf8(CLAIMS);
    assertReadOrRefused(claims.slice(0, Math.min(length, claims.size())).toArray());
  }

  private static void assertReadOrRefused(byte[] bytes) {
    Bytes input = Bytes.copyOf(bytes);
    try {
      assertThat(RuntimeClaims.parse(input).raw()).isEqualTo(input);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.offsetBytes()).isNotNegative();
    }
  }

  private static EvidenceFormatException failureOf(Bytes claims) {
    return catchThrowableOfType(EvidenceFormatException.class, () -> RuntimeClaims.parse(claims));
  }
}
