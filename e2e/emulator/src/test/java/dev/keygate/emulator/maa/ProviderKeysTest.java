package dev.keygate.emulator.maa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.maa.token.SigningKeys;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider's keys: they roll over, and a paired region has others. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ProviderKeysTest {

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  @BeforeEach
  void renew() {
    bench.renew();
  }

  @Test
  @Tag("azure-36")
  void rollsItsKeyOverWithAnOverlap() throws Exception {
    CompactJws before = bench.snp(bench.body(bench.report())).token();
    int published = published();

    bench.maa.keys().announce();
    CompactJws announced = bench.snp(bench.body(bench.report())).token();
    assertThat(published()).isEqualTo(published + 1);
    assertThat(announced.keyId()).isEqualTo(before.keyId());

    bench.maa.keys().adopt();
    CompactJws after = bench.snp(bench.body(bench.report())).token();
    assertThat(after.keyId()).isNotEqualTo(before.keyId());
    assertThat(bench.isPublished(before)).isTrue();
    assertThat(bench.isPublished(after)).isTrue();

    bench.maa.keys().withdraw();
    assertThat(bench.isPublished(before)).isFalse();
    assertThat(bench.isPublished(after)).isTrue();
    assertThat(published()).isEqualTo(published);
  }

  @Test
  @Tag("azure-36")
  void refusesStepsOfARolloverOutOfOrder() {
    SigningKeys keys = bench.maa.keys();
    assertThatIllegalArgumentException().isThrownBy(keys::adopt);
    keys.announce();
    assertThatIllegalArgumentException().isThrownBy(keys::announce);
    keys.answerFrom(SigningKeys.Region.PAIRED);
    assertThatIllegalArgumentException().isThrownBy(keys::adopt);
    assertThatIllegalArgumentException().isThrownBy(keys::withdraw);
  }

  @Test
  @Tag("azure-36")
  void withdrawsNoAnnouncedKey() throws Exception {
    int published = published();
    bench.maa.keys().announce();

    bench.maa.keys().withdraw();

    assertThat(published()).isEqualTo(published + 1);
    bench.maa.keys().adopt();
    assertThat(bench.isPublished(bench.snp(bench.body(bench.report())).token())).isTrue();
  }

  @Test
  void failsOverAndBackUnderOneIssuer() throws Exception {
    CompactJws own = bench.snp(bench.body(bench.report())).token();

    bench.maa.keys().answerFrom(SigningKeys.Region.PAIRED);
    CompactJws paired = bench.snp(bench.body(bench.report())).token();
    assertThat(paired.unverifiedClaims().path("iss")).isEqualTo(own.unverifiedClaims().path("iss"));
    assertThat(paired.keyId()).isNotEqualTo(own.keyId());
    assertThat(bench.isPublished(paired)).isTrue();
    assertThat(bench.isPublished(own)).isTrue();

    bench.maa.keys().answerFrom(SigningKeys.Region.OWN);
    CompactJws back = bench.snp(bench.body(bench.report())).token();
    assertThat(back.keyId()).isEqualTo(own.keyId());
    assertThat(bench.isPublished(paired)).isTrue();
  }

  private static int published() throws Exception {
    return bench.get("/certs").json().path("keys").size();
  }
}
