package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareAmdFolder;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftwareAmdFolderTest {

  @TempDir private Path parent;

  @Test
  void keepsOneVendorOverRestarts() throws Exception {
    SoftwareAmd first = open();
    SoftwareAmd second = open();
    assertThat(second.arkPem()).isEqualTo(first.arkPem());
    assertThat(second.certificateChainPem()).isEqualTo(first.certificateChainPem());
    SoftwareVcek vcek = second.vcek(Bytes.zeros(64), TestPlatform.MILAN_TCB);
    ChainVerifier verifier = new ChainVerifier(PinnedRoots.amd().plus(first.arkDigest()));
    assertThat(verifier.verify(vcek.chain(), TestPlatform.NOW).root().isLab()).isTrue();
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).containsExactly(parent.resolve("amd"));
    }
  }

  @Test
  void keepsTheKeyOfAChipOverRestarts() throws Exception {
    SoftwareVcek before = open().vcek(Bytes.zeros(64), TestPlatform.MILAN_TCB);
    SoftwareVcek after = open().vcek(Bytes.zeros(64), TestPlatform.MILAN_TCB);
    SoftwareVcek other = open().vcek(Bytes.ofUtf8("a".repeat(64)), TestPlatform.MILAN_TCB);
    assertThat(after.chain().endorsementKey().getPublicKey())
        .isEqualTo(before.chain().endorsementKey().getPublicKey())
        .isNotEqualTo(other.chain().endorsementKey().getPublicKey());
  }

  @Test
  void givesOneKeyForAChipAndItsTcb() {
    SoftwareVcek vcek = TestPlatform.milanVcek();
    assertThat(TestPlatform.milanVcek()).isSameAs(vcek);
    assertThat(TestPlatform.MILAN.vcek(Bytes.zeros(64), TestPlatform.MILAN_TCB).certificatePem())
        .isNotEqualTo(vcek.certificatePem());
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws Exception {
    open();
    Files.writeString(
        parent.resolve("amd").resolve("ask-key.pem"),
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
  }

  private SoftwareAmd open() throws IOException {
    return new SoftwareAmdFolder(parent.resolve("amd"), TestPlatform.RANDOM)
        .openOrCreate(SnpProduct.MILAN, 2048, TestPlatform.MADE);
  }
}
