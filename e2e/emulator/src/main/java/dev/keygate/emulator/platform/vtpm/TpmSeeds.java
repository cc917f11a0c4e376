package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What all primary keys come from.
 *
 * @param owner seed of the storage hierarchy, 32 bytes, for the life of the machine
 * @param endorsement seed of the endorsement hierarchy, 32 bytes, for the life of the machine
 * @param untilReset seed of the null hierarchy, 32 bytes, new at every boot
 */
public record TpmSeeds(Bytes owner, Bytes endorsement, Bytes untilReset) {

  private static final int SEED_BYTES = 32;

  public TpmSeeds {
    if (owner.size() != SEED_BYTES
        || endorsement.size() != SEED_BYTES
        || untilReset.size() != SEED_BYTES) {
      throw new IllegalArgumentException("a seed has 32 bytes");
    }
  }

  /** The seeds of a new machine. */
  public static TpmSeeds generate(SecureRandom random) {
    return new TpmSeeds(seed(random), seed(random), seed(random));
  }

  /** The seeds after a reset. */
  public TpmSeeds afterReset(SecureRandom random) {
    return new TpmSeeds(owner, endorsement, seed(random));
  }

  Optional<Bytes> of(TpmHandle hierarchy) {
    if (hierarchy.equals(TpmHandle.OWNER)) {
      return Optional.of(owner);
    }
    if (hierarchy.equals(TpmHandle.ENDORSEMENT)) {
      return Optional.of(endorsement);
    }
    return hierarchy.equals(TpmHandle.NULL_HIERARCHY) ? Optional.of(untilReset) : Optional.empty();
  }

  private static Bytes seed(SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return Bytes.copyOf(seed);
  }

  /** Shows no seed. */
  @Override
  public String toString() {
    return "TpmSeeds[redacted]";
  }
}
