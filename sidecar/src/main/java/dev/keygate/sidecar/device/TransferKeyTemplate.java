package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import java.security.SecureRandom;

/** What makes the template of a transfer key differ from others, and so the key. */
public enum TransferKeyTemplate {
  /** 32 random octets that only this process knows: nobody else can make the same key. */
  RANDOM,
  /** The octets that Microsoft's clients use: whoever reaches the TPM can make the same key. */
  CONSTANT;

  private static final int RANDOM_BYTES = 32;
  private static final int CONSTANT_BYTES = 256;

  Bytes unique(SecureRandom random) {
    return switch (this) {
      case RANDOM -> {
        byte[] octets = new byte[RANDOM_BYTES];
        random.nextBytes(octets);
        yield Bytes.copyOf(octets);
      }
      case CONSTANT -> Bytes.zeros(CONSTANT_BYTES);
    };
  }
}
