package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Primary keys as a function of seed and template, {@code unique} included; the last ones made are
 * kept because making one takes a few tenths of a second. Guarded by the TPM's lock.
 */
final class PrimaryKeys {

  private static final int KEPT = 64;

  private final TpmSeeds seeds;
  private final Map<Bytes, TpmKey> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, TpmKey> eldest) {
          return size() > KEPT;
        }
      };

  PrimaryKeys(TpmSeeds seeds) {
    this.seeds = seeds;
  }

  /** Lets a key that was made in an earlier life of the machine be found without making it. */
  void remember(TpmPublic template, TpmKey key) {
    kept.put(input(key.hierarchy(), template), key);
  }

  TpmKey get(TpmHandle hierarchy, TpmPublic template) {
    return kept.computeIfAbsent(
        input(hierarchy, template),
        input -> TpmKey.of(template, DerivedRsaKey.derive(new HmacDrbg(input)), hierarchy));
  }

  private Bytes input(TpmHandle hierarchy, TpmPublic template) {
    Bytes seed =
        seeds
            .of(hierarchy)
            .orElseThrow(() -> new IllegalArgumentException(hierarchy + " is no hierarchy"));
    return Bytes.concat(seed, template.toBytes().sha256());
  }
}
