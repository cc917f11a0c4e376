package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.thim.AmdCertification;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The latest attestation for the release of keys, for those who report it. */
public final class AttestationBoard {

  private final AtomicReference<@Nullable Entry> latest = new AtomicReference<>();

  /**
   * An attestation.
   *
   * @param endorsement the chip's, verified; empty where the evidence needs none
   * @param at when it came to an end
   */
  public record Entry(VerifiedToken token, Optional<AmdCertification> endorsement, Instant at) {}

  /** Takes note of an attestation. */
  public void post(Entry entry) {
    latest.set(entry);
  }

  /** The latest one; empty if none has succeeded yet. */
  public Optional<Entry> latest() {
    return Optional.ofNullable(latest.get());
  }
}
