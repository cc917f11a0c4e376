package dev.keygate.emulator.maa.guest;

import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.SecureBoot;
import dev.keygate.evidence.verify.VerifiedCertifiedKey;
import dev.keygate.evidence.verify.VerifiedEvidence;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** A guest whose evidence passed {@link GuestAppraisal}. */
final class AppraisedGuest {

  private final GuestDescription description;
  private final VerifiedEvidence evidence;
  private final VerifiedCertifiedKey ephemeralKey;
  private final Optional<EventLog> eventLog;

  AppraisedGuest(
      GuestDescription description,
      VerifiedEvidence evidence,
      VerifiedCertifiedKey ephemeralKey,
      Optional<EventLog> eventLog) {
    this.description = description;
    this.evidence = evidence;
    this.ephemeralKey = ephemeralKey;
    this.eventLog = eventLog;
  }

  GuestDescription description() {
    return description;
  }

  VerifiedEvidence evidence() {
    return evidence;
  }

  RSAPublicKey ephemeralKey() {
    return ephemeralKey.publicKey();
  }

  boolean isSecureBoot() {
    return eventLog.map(SecureBoot::of).orElse(SecureBoot.NOT_MEASURED) == SecureBoot.ENABLED;
  }

  /** The machine's GUID in upper case; empty text where the paravisor did not state it. */
  String vmId() {
    return evidence.claims().vmConfiguration().vmUniqueId().orElse("");
  }
}
