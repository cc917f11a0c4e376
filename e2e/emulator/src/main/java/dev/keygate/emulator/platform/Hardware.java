package dev.keygate.emulator.platform;

import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/** What machines are made of. */
public final class Hardware {

  private final SoftwareAmd amd;
  private final SecureRandom random;
  private final TimeSource time;
  private final AttestationKeyAuthority authority;

  /**
   * @param amd the vendor of their processors
   * @param random where their keys and nonces come from
   * @param time their clock
   */
  public Hardware(SoftwareAmd amd, SecureRandom random, TimeSource time) {
    this.amd = amd;
    this.random = random;
    this.time = time;
    this.authority = new AttestationKeyAuthority(random);
  }

  SoftwareAmd amd() {
    return amd;
  }

  SecureRandom random() {
    return random;
  }

  /** The machines' clock. */
  public TimeSource time() {
    return time;
  }

  /** Who certifies their attestation keys. */
  AttestationKeyAuthority authority() {
    return authority;
  }
}
