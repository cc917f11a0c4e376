package dev.keygate.evidence.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.eventlog.EventType;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.EventLogBuilder;
import dev.keygate.evidence.testing.EventLogDefect;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdQuoteDefect;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.EvidenceVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeExamplesTest {

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SoftwareAmd AMD = SoftwareAmd.create(SnpProduct.MILAN, 2048, MADE, RANDOM);
  private static final SoftwareVcek VCEK =
      AMD.vcek(Bytes.fromHex("c1".repeat(64)), new TcbVersion(0xDB18000000000004L));
  private static final SoftwareIntel INTEL = SoftwareIntel.create(MADE, RANDOM);
  private static final SoftwareTdxPlatform EMERALD = INTEL.platform(SgxPlatform.EMERALD);
  private static final EvidenceVerifier VERIFIER =
      new EvidenceVerifier(
          PinnedRoots.amd().plus(AMD.arkDigest()), PinnedRoots.intel().plus(INTEL.rootDigest()));

  private static final Bytes REPORT_DATA = Bytes.fromHex("d1".repeat(64));

  @Test
  void readmeShowsWhatIsRunHere() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(readme)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(blocks).hasSize(3);
    assertThat(sourceOf("VerifyReport")).contains(unindented(blocks.get(0)));
    assertThat(sourceOf("VerifyQuote")).contains(unindented(blocks.get(1)));
    assertThat(sourceOf("ReplayEventLog")).contains(unindented(blocks.get(2)));
  }

  @Test
  void verifiesAReport() throws Exception {
    VerifyReport example = new VerifyReport(VERIFIER, NOW);
    Bytes list = Bytes.copyOf(AMD.revocationList().list().getEncoded());
    assertThat(example.run(report(SnpDefect.NONE), VCEK.chainPem(), list, REPORT_DATA).checks())
        .contains(Check.ROOT_PINNED, Check.CHAIN_REVOCATION, Check.REPORT_DATA);
    assertThatThrownBy(
            () -> example.run(report(SnpDefect.DEBUG_ALLOWED), VCEK.chainPem(), list, REPORT_DATA))
        .isInstanceOf(EvidenceVerificationException.class);
  }

  @Test
  void verifiesAQuote() throws Exception {
    VerifyQuote example = new VerifyQuote(VERIFIER, NOW);
    PckRevocationLists lists = INTEL.revocationLists(NOW).build(EMERALD);
    Bytes ofRoot = Bytes.copyOf(lists.ofRoot().list().getEncoded());
    Bytes ofCa = Bytes.copyOf(lists.ofCa().list().getEncoded());
    assertThat(example.run(TdQuoteBuilder.of(EMERALD).build(), ofRoot, ofCa).checks())
        .contains(Check.ROOT_PINNED, Check.CHAIN_REVOCATION, Check.DEBUG_DISABLED);
    Bytes changed = TdQuoteBuilder.of(EMERALD).defect(TdQuoteDefect.SIGNATURE_BIT_FLIPPED).build();
    assertThatThrownBy(() -> example.run(changed, ofRoot, ofCa))
        .isInstanceOf(EvidenceVerificationException.class);
  }

  @Test
  void replaysALog() throws Exception {
    EventLogBuilder boot =
        new EventLogBuilder()
            .measureVariable("SecureBoot", Bytes.fromHex("01"))
            .measure(4, EventType.EFI_ACTION, Bytes.ofUtf8("Calling EFI Application"))
            .separators();
    PcrValues quoted = boot.build().replay();
    List<String> lines = new ArrayList<>();
    ReplayEventLog example = new ReplayEventLog(lines::add);
    assertThat(example.run(boot.toBytes(), quoted)).isTrue();
    assertThat(lines)
        .contains("PCR 7 EV_EFI_VARIABLE_DRIVER_CONFIG", "PCR 4 EV_EFI_ACTION")
        .hasSize(10);
    assertThat(example.run(boot.toBytes(EventLogDefect.EVENT_MISSING), quoted)).isFalse();
    assertThat(lines).last().asString().endsWith("[7]");
  }

  private static Bytes report(SnpDefect defect) {
    return SnpReportBuilder.of(VCEK).reportData(REPORT_DATA).defect(defect).build();
  }

  private static String sourceOf(String example) throws IOException {
    String folder = "src/test/java/dev/keygate/evidence/examples/";
    return unindented(Files.readString(Path.of(folder + example + ".java")));
  }

  /** Layout is the formatter's, in a README as in a class. */
  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }
}
