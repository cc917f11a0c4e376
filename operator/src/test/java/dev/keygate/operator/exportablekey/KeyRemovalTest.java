package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyRemovalTest {

  private final FakeVault vault = new FakeVault();

  @Test
  void retainDoesNotEvenAskTheVault() throws FailureException, InterruptedException {
    vault.key = VaultKeys.inSync().key();

    assertThat(remove("deletion: Retain")).isEqualTo(DeletionDecision.LET_GO);
    assertThat(vault.calls).isEmpty();
  }

  @Test
  void softDeletesKeyOfOurs() throws FailureException, InterruptedException {
    vault.key = VaultKeys.inSync().key();

    assertThat(remove("deletion: SoftDelete")).isEqualTo(DeletionDecision.DELETE);
    assertThat(vault.calls).containsExactly("get", "softDelete");
  }

  @Test
  void leavesKeyOfAnotherObject() throws FailureException, InterruptedException {
    vault.key =
        VaultKeys.inSync()
            .withTags(Map.of("keygate-owner", "a/b", "keygate-owner-uid", "uid-2"))
            .key();

    assertThat(remove("deletion: SoftDelete")).isEqualTo(DeletionDecision.LET_GO);
    assertThat(vault.key).isNotNull();
  }

  @Test
  void leavesKeyThatNobodyClaimed() throws FailureException, InterruptedException {
    vault.key = VaultKeys.inSync().withTags(Map.of()).key();

    assertThat(remove("deletion: SoftDelete")).isEqualTo(DeletionDecision.LET_GO);
    assertThat(vault.key).isNotNull();
  }

  @Test
  void letsObjectGoWhoseKeyIsGoneAlready() throws FailureException, InterruptedException {
    assertThat(remove("deletion: SoftDelete")).isEqualTo(DeletionDecision.LET_GO);
  }

  @Test
  void keepsObjectWhileTheVaultRefuses() {
    vault.failure = new RefusedException(Reason.NotAuthorized, "no");

    assertThatThrownBy(() -> remove("deletion: SoftDelete")).isInstanceOf(RefusedException.class);
  }

  private DeletionDecision remove(String spec) throws FailureException, InterruptedException {
    return new KeyRemoval(vault, new KeyTurns()).remove(Specs.OWNER, Specs.rsa(spec));
  }
}
