package dev.keygate.sidecar.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  @Test
  void zeroesTheArrayItTakesOver() {
    byte[] array = {1, 2, 3};

    try (SecretBytes secret = SecretBytes.takeOwnershipOf(array)) {
      assertThat(array).containsOnly(0);
      assertThat(copyOf(secret)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void leavesTheArrayItCopies() {
    byte[] array = {1, 2, 3};

    try (SecretBytes secret = SecretBytes.copyOf(array)) {
      assertThat(array).containsExactly(1, 2, 3);
      assertThat(secret.size()).isEqualTo(3);
    }
  }

  @Test
  void zeroesWhatItRevealedAfterItsUse() {
    List<byte[]> escaped = new ArrayList<>();
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {9, 9})) {
      secret.reveal(Purpose.VERIFY, escaped::add);
    }

    assertThat(escaped.getFirst()).containsOnly(0);
  }

  @Test
  void zeroesWhatItRevealedWhenItsUseFails() {
    List<byte[]> escaped = new ArrayList<>();
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {9, 9})) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  secret.reveal(
                      Purpose.VERIFY,
                      octets -> {
                        escaped.add(octets);
                        throw new IllegalStateException();
                      }));
    }

    assertThat(escaped.getFirst()).containsOnly(0);
  }

  @Test
  void revealsNothingOnceClosed() {
    SecretBytes secret = SecretBytes.copyOf(new byte[] {1});
    secret.close();
    secret.close();

    assertThatIllegalStateException().isThrownBy(() -> copyOf(secret));
  }

  @Test
  void holdsNoOctetsAtAll() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[0])) {
      assertThat(copyOf(secret)).isEmpty();
    }
  }

  @Test
  void showsNothingAndEqualsNothingElse() {
    try (SecretBytes one = SecretBytes.copyOf(new byte[] {65, 66});
        SecretBytes same = SecretBytes.copyOf(new byte[] {65, 66})) {
      assertThat(one.toString()).doesNotContain("65", "66", "AB", "4142", "2");
      assertThat(one).isNotEqualTo(same);
    }
  }

  private static byte[] copyOf(SecretBytes secret) {
    return secret.reveal(Purpose.VERIFY, byte[]::clone);
  }
}
