package dev.keygate.emulator.maa;

import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.AccessTokenVerifier;
import dev.keygate.emulator.maa.evidence.Appraiser;
import dev.keygate.emulator.maa.evidence.SnpClaims;
import dev.keygate.emulator.maa.evidence.TdClaims;
import dev.keygate.emulator.maa.guest.GuestAttestation;
import dev.keygate.emulator.maa.platform.HardwareEvidence;
import dev.keygate.emulator.maa.platform.PlatformAttestation;
import dev.keygate.emulator.maa.platform.SnpEvidence;
import dev.keygate.emulator.maa.platform.TdEvidence;
import dev.keygate.emulator.maa.token.SigningCertificates;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all providers of a lab share.
 *
 * @param hardware what is believed
 * @param switches what is done where the real service is not known
 * @param callers who may look at policies
 * @param log where decisions go
 * @param random for sealing and token ids
 */
public record Verifier(
    TrustedHardware hardware,
    Supplier<MaaSwitches> switches,
    AccessTokenVerifier callers,
    DecisionLog log,
    TimeSource time,
    SecureRandom random) {

  /** The names in the ring of the keys that a provider starts with. */
  public static List<String> keyNames(String host) {
    return List.of(SigningCertificates.keyName(host, 1), SigningCertificates.keyName(host, 2));
  }

  /** The provider at a host. */
  public Maa provider(String host, SigningCertificates certificates) {
    return new Maa(host, certificates.keysOf(host), appraisers(), this);
  }

  private Map<String, Appraiser> appraisers() {
    SnpClaims snp = new SnpClaims(hardware.measurements());
    TdClaims td = new TdClaims(hardware.measurements());
    return Map.of(
        "azureguest",
        new GuestAttestation(hardware.amd(), () -> switches.get().eventLog(), snp),
        "sevsnpvm",
        platform(new SnpEvidence(hardware.amd(), snp)),
        "tdxvm",
        platform(new TdEvidence(hardware.intel(), td)));
  }

  private PlatformAttestation platform(HardwareEvidence evidence) {
    return new PlatformAttestation(evidence, () -> switches.get().emptyRuntimeData());
  }
}
