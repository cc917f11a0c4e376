package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * TCG_PCR_EVENT2: one entry of the log.
 *
 * @param pcrIndex the PCR, unsigned 32 bits; 0 to 23 for every event that extends one
 * @param typeId the kind, unsigned 32 bits; see {@link EventType}
 * @param digests what was extended, by TPM_ALG_ID of the bank
 * @param content what the event says of itself; whether a digest covers it depends on the kind
 */
public record BootEvent(
    long pcrIndex, long typeId, SortedMap<Integer, Bytes> digests, Bytes content) {

  public BootEvent {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  /** An event of the SHA-256 bank alone. */
  public static BootEvent ofSha256(int pcrIndex, EventType type, Bytes digest, Bytes content) {
    Map<Integer, Bytes> digests = Map.of(TpmAlgorithm.SHA256.id(), digest);
    return new BootEvent(pcrIndex, type.id(), new TreeMap<>(digests), content);
  }

  /** Whether this is an event of the kind. */
  public boolean is(EventType type) {
    return typeId == type.id();
  }

  /** The profile's name of the kind, such as {@code EV_SEPARATOR}, or its number. */
  public String typeName() {
    return EventType.nameOf(typeId);
  }

  /** What was extended into the SHA-256 bank, if anything was. */
  public Optional<Bytes> sha256() {
    return Optional.ofNullable(digests.get(TpmAlgorithm.SHA256.id()));
  }

  /** Whether the SHA-256 digest is that of the content, so that a matching PCR vouches for it. */
  public boolean isContentMeasured() {
    return sha256().filter(content.sha256()::equals).isPresent();
  }
}
