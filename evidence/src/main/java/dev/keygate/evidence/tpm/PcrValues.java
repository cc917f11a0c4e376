package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of PCRs of the SHA-256 bank.
 *
 * @param values 32 bytes for each index from 0 to 23 that is known
 */
public record PcrValues(SortedMap<Integer, Bytes> values) {

  /** The size of a PCR in bytes. */
  public static final int PCR_BYTES = 32;

  public PcrValues {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    for (Map.Entry<Integer, Bytes> entry : values.entrySet()) {
      if (!PcrSelection.of(entry.getKey()).contains(entry.getKey())
          || entry.getValue().size() != PCR_BYTES) {
        throw new IllegalArgumentException("PCR " + entry.getKey() + " does not have 32 bytes");
      }
    }
  }

  /** The given values. */
  public static PcrValues of(Map<Integer, Bytes> values) {
    return new PcrValues(new TreeMap<>(values));
  }

  /** Which PCRs these are. */
  public PcrSelection selection() {
    return PcrSelection.of(values.keySet());
  }

  /** The value of one PCR, if it is among these. */
  public Optional<Bytes> get(int index) {
    return Optional.ofNullable(values.get(index));
  }

  /** The values of those of these PCRs that are chosen. */
  public PcrValues only(PcrSelection chosen) {
    TreeMap<Integer, Bytes> kept = new TreeMap<>(values);
    kept.keySet().removeIf(index -> !chosen.contains(index));
    return new PcrValues(kept);
  }

  /** These values and those; where both know a PCR, that of the argument. */
  public PcrValues and(PcrValues others) {
    TreeMap<Integer, Bytes> union = new TreeMap<>(values);
    union.putAll(others.values);
    return new PcrValues(union);
  }

  /** The PCRs that both know with different values. */
  public PcrSelection differencesFrom(PcrValues others) {
    return PcrSelection.of(
        values.entrySet().stream()
            .filter(
                mine ->
                    others.get(mine.getKey()).filter(o -> !o.equals(mine.getValue())).isPresent())
            .map(Map.Entry::getKey)
            .toList());
  }

  /** What a quote calls pcrDigest: SHA-256 over all these values by ascending index. */
  public Bytes digest() {
    return Digest.SHA256.of(values.values().toArray(Bytes[]::new));
  }
}
