package dev.keygate.evidence.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.Bytes;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedRootsTest {

  @Test
  void believesNoKeyThatIsNotPinned() throws Exception {
    assertThat(PinnedRoots.amd().find(someKey())).isEmpty();
    assertThat(PinnedRoots.amd().plus(Bytes.zeros(32)).find(someKey())).isEmpty();
  }

  @Test
  void keepsTheVendorsApart() throws Exception {
    PublicKey key = someKey();
    Bytes digest = PinnedRoots.digestOf(key);
    assertThat(PinnedRoots.intel().find(key)).isEmpty();
    assertThat(PinnedRoots.intel().plus(digest).find(key)).isPresent();
    assertThat(PinnedRoots.amd().find(key)).isEmpty();
    assertThat(PinnedRoots.intel().hasLabRoots()).isFalse();
  }

  @Test
  void saysThatANamedRootIsNotTheVendors() throws Exception {
    PublicKey key = someKey();
    PinnedRoots roots = PinnedRoots.amd().plus(PinnedRoots.digestOf(key));
    assertThat(roots.find(key)).map(PinnedRoot::isLab).contains(true);
    assertThat(roots.hasLabRoots()).isTrue();
  }

  @Test
  void hasNoLabRootsOfItsOwnAndKeepsThemApart() {
    PinnedRoots shipped = PinnedRoots.amd();
    shipped.plus(Bytes.zeros(32));
    assertThat(shipped.hasLabRoots()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 31, 33, 48})
  void refusesADigestOfAnotherSize(int size) {
    assertThatThrownBy(() -> PinnedRoots.amd().plus(Bytes.zeros(size)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PublicKey someKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(384);
    return generator.generateKeyPair().getPublic();
  }
}
