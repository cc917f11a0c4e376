package dev.keygate.evidence.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import org.junit.jupiter.api.Test;

class UserDataTest {

  private static final UserData WRITTEN = UserData.of(Bytes.ofUtf8("mine"));

  @Test
  void isFilledUpWithZeros() {
    assertThat(WRITTEN.octets()).isEqualTo(Bytes.concat(Bytes.ofUtf8("mine"), Bytes.zeros(60)));
    assertThat(UserData.of(Bytes.fromHex("01".repeat(64))).octets().size()).isEqualTo(64);
  }

  @Test
  void isNoMoreThan64Bytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> UserData.of(Bytes.zeros(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> new UserData(Bytes.zeros(63)));
  }

  @Test
  void isInClaimsThatStateItInFull() throws Exception {
    assertThat(WRITTEN.isIn(claims(",\"user-data\":\"" + WRITTEN.octets().hex() + "\""))).isTrue();
  }

  @Test
  void isNotInOtherClaims() throws Exception {
    assertThat(WRITTEN.isIn(claims(""))).isFalse();
    assertThat(WRITTEN.isIn(claims(",\"user-data\":\"\""))).isFalse();
    assertThat(WRITTEN.isIn(claims(",\"user-data\":\"6d696e65\""))).isFalse();
    assertThat(WRITTEN.isIn(claims(",\"user-data\":\"" + "00".repeat(64) + "\""))).isFalse();
  }

  private static RuntimeClaims claims(String more) throws EvidenceFormatException {
    return RuntimeClaims.parse(Bytes.ofUtf8("{\"keys\":[]" + more + "}"));
  }
}
