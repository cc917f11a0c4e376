package dev.keygate.failure;

/**
 * Why something failed. The constant's name is what a condition's {@code reason}, a problem
 * detail's {@code code}, a metric's label and a heading of docs/runbook.md say, spelled the same in
 * all four.
 */
public enum Reason {
  /** A setting is missing, malformed or contradicts another one. */
  SettingsInvalid(Kind.REFUSED),

  /** No TPM device at the configured place. */
  TpmNotFound(Kind.REFUSED),
  /** There is a TPM device, and this process may not open it. */
  TpmNotPermitted(Kind.REFUSED),
  /** The TPM did not answer, or asked to be tried again more often than we do. */
  TpmUnavailable(Kind.UNAVAILABLE),
  /** The TPM answered with an error that trying again does not cure. */
  TpmRefused(Kind.REFUSED),
  /** The TPM's answer is not a TPM 2.0 response to the command that was sent. */
  TpmResponseMalformed(Kind.REFUSED),
  /** The machine has a TPM but no paravisor report: it is no confidential VM. */
  NotConfidentialVm(Kind.REFUSED),
  /** A PCR of the quoted selection changed while the evidence was collected, more than once. */
  PcrsMoved(Kind.UNAVAILABLE),
  /** There is no device that gives reports of the processor, or this process may not use it. */
  ReportDeviceRefused(Kind.REFUSED),
  /** The device that gives reports of the processor is busy. */
  ReportDeviceUnavailable(Kind.UNAVAILABLE),
  /** Evidence of this machine is not in the format its specification gives. */
  EvidenceMalformed(Kind.REFUSED),
  /** Evidence of this machine failed a check of the local verification. */
  EvidenceRejected(Kind.REFUSED),
  /** The hardware report allows the host to debug this guest. */
  DebugAllowed(Kind.REFUSED),

  /** THIM did not answer with collateral. */
  CollateralUnavailable(Kind.UNAVAILABLE),
  /** THIM answered with something that is not collateral. */
  CollateralMalformed(Kind.REFUSED),
  /** The endorsement is for another TCB than the report's. */
  CollateralStale(Kind.UNAVAILABLE),

  /** No pinned authority answered. */
  AttestationUnavailable(Kind.UNAVAILABLE),
  /** The authority appraised the evidence and refused it. */
  AttestationRefused(Kind.REFUSED),
  /** The authority's answer is not an attestation token for this guest. */
  AttestationTokenInvalid(Kind.REFUSED),

  /** The release policy is not in the grammar. */
  PolicyMalformed(Kind.REFUSED),
  /** The release policy uses a part of the grammar that Key Vault does not evaluate. */
  PolicyUnsupported(Kind.REFUSED),
  /** Our evaluation of the release policy denies this guest's claims. */
  PolicyDenied(Kind.REFUSED),

  /** No access token: the identity provider did not answer. */
  IdentityUnavailable(Kind.UNAVAILABLE),
  /** No access token: the identity provider refused. */
  IdentityRefused(Kind.REFUSED),

  /** The vault did not answer, or answered with a server error. */
  VaultUnavailable(Kind.UNAVAILABLE),
  /** The vault answered 429. */
  VaultThrottled(Kind.UNAVAILABLE),
  /** The vault does not accept the access token. */
  VaultUnauthenticated(Kind.REFUSED),
  /** The identity lacks the permission for the operation. */
  NotAuthorized(Kind.REFUSED),
  /** The vault's network rules do not admit this address, whoever asks. */
  NetworkNotAllowed(Kind.REFUSED),
  /** The vault has no such key. */
  KeyNotFound(Kind.REFUSED),
  /** The key is disabled. */
  KeyDisabled(Kind.REFUSED),
  /** A key of this name exists and is not exportable, which cannot be changed. */
  KeyNotExportable(Kind.REFUSED),
  /** A key of this name exists and the object may not adopt it. */
  KeyExists(Kind.REFUSED),
  /** The name belongs to a soft-deleted key. */
  KeySoftDeleted(Kind.REFUSED),
  /** The existing key differs in something that cannot be changed, such as its type. */
  KeyMismatch(Kind.REFUSED),
  /** The key's release policy is immutable. */
  PolicyImmutable(Kind.REFUSED),
  /** The vault could not verify the attestation token; seen as a passing fault. */
  StatementNotVerified(Kind.UNAVAILABLE),
  /** The vault evaluated the release policy and denied. */
  ReleaseDenied(Kind.REFUSED),
  /** The vault refused the request for another reason, which the message quotes. */
  VaultRefused(Kind.REFUSED),
  /** The vault's answer is not what the API describes. */
  VaultResponseMalformed(Kind.REFUSED),
  /** A host that is not under a known suffix of its service, or not the pinned one. */
  HostNotAllowed(Kind.REFUSED),

  /** The release envelope failed a check: chain, host, signature, or echo of what was asked. */
  EnvelopeInvalid(Kind.REFUSED),
  /** The wrapped key does not unwrap to a key of the announced type. */
  UnwrapFailed(Kind.REFUSED),

  /** A released key could not be written into a container's folder. */
  DeliveryFailed(Kind.UNAVAILABLE),

  /** The grant has not been written yet. */
  GrantMissing(Kind.UNAVAILABLE),
  /** The grant is not in the format of the contract; the last good one stays in force. */
  GrantMalformed(Kind.REFUSED),
  /** The release failed for a reason that is a defect of ours. */
  InternalError(Kind.REFUSED);

  /** Who has to act. */
  public enum Kind {
    /** Trying again changes nothing; somebody has to change something. */
    REFUSED,
    /** It may work later. */
    UNAVAILABLE
  }

  private final Kind kind;

  Reason(Kind kind) {
    this.kind = kind;
  }

  /** Whether somebody has to act, or time may cure it. */
  public Kind kind() {
    return kind;
  }
}
