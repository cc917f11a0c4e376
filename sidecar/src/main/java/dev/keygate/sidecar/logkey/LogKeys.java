package dev.keygate.sidecar.logkey;

/** The keys of what is logged, spelled once; no value under any of them is secret. */
public final class LogKeys {

  /** The identifier of a key in a vault, with its version where there is one. */
  public static final String KEY = "key";

  /** What the pod calls a key. */
  public static final String NAME = "name";

  /** What came of a release: {@code released}, {@code refused} or {@code unavailable}. */
  public static final String OUTCOME = "outcome";

  /** The reason that the runbook has an entry for; empty for a release. */
  public static final String REASON = "reason";

  /** One sentence for the user. */
  public static final String MESSAGE = "message";

  /** How long a release took, from the attested machine to its end. */
  public static final String DURATION_MILLIS = "durationMillis";

  /** Who signed the attestation token. */
  public static final String AUTHORITY = "authority";

  /** The digest of the release policy that is known here. */
  public static final String POLICY_DIGEST = "policyDigest";

  /** The digest of the attestation token's id. */
  public static final String TOKEN_ID_HASH = "tokenIdHash";

  /** By which the vault's own log can be searched. */
  public static final String VAULT_REQUEST_ID = "vaultRequestId";

  /** What evidence is had from. */
  public static final String DEVICE = "device";

  /** What came of looking for each device. */
  public static final String PROBES = "probes";

  /** A service that is called. */
  public static final String UPSTREAM = "upstream";

  /** A file or socket. */
  public static final String PATH = "path";

  /** Whether the system forbids dumps of this process. */
  public static final String DUMPS_FORBIDDEN = "dumpsForbidden";

  /** Whether the system forbids core files of this process. */
  public static final String CORES_FORBIDDEN = "coresForbidden";

  /** Whether the system lets this process keep memory out of swap. */
  public static final String MEMORY_LOCKED = "memoryLocked";

  private LogKeys() {}
}
