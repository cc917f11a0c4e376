package dev.keygate.emulator.maa;

import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.time.TimeSource;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What all providers of a lab share.
 *
 * @param roots whose hardware is believed
 * @param knownMeasurements launch measurements that are called compliant
 * @param log where decisions go
 * @param random for sealing and token ids
 */
public record Verifier(
    PinnedRoots roots,
    Set<Bytes> knownMeasurements,
    DecisionLog log,
    TimeSource time,
    SecureRandom random) {

  private static final int SIGNING_KEYS = 2;

  public Verifier {
    knownMeasurements = Set.copyOf(knownMeasurements);
  }

  /** The names in the ring of the keys of a provider. */
  public static List<String> keyNames(String host) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= SIGNING_KEYS; i++) {
      names.add("maa-" + host + "-" + i);
    }
    return names;
  }

  /** A provider that refuses guests without a boot event log. */
  public Maa provider(String host, KeyRing ring) {
    return provider(host, ring, GuestAppraisal.EventLogRule.REQUIRED);
  }

  /**
   * A provider that appraises guests without a boot event log, whose tokens then do not claim
   * secure boot. Whether the real service does is not known.
   */
  public Maa providerWithOptionalEventLog(String host, KeyRing ring) {
    return provider(host, ring, GuestAppraisal.EventLogRule.OPTIONAL);
  }

  private Maa provider(String host, KeyRing ring, GuestAppraisal.EventLogRule rule) {
    List<SigningKey> keys = new ArrayList<>();
    for (String name : keyNames(host)) {
      KeyPair pair = ring.rsa(name);
      keys.add(
          new SigningKey(
              pair.getPrivate(), LabCertificates.selfSigned("https://" + host, pair, time.now())));
    }
    return new Maa(host, keys, new GuestAppraisal(roots, rule), this);
  }
}
