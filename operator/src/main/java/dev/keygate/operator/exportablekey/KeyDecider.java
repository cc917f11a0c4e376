package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.Adoption;
import dev.keygate.api.v1alpha1.SoftDeletedName;
import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.Reason;
import java.util.List;
import java.util.Optional;

/** Names the next step for a key. Pure: the same observation gives the same step. */
final class KeyDecider {

  /** What is known once the key has been found. */
  private record Facts(KeyIdentifier key, DesiredKey desired, VaultKey actual, Owner.Claim claim) {

    Drift drift() {
      return new Drift(desired, actual);
    }
  }

  /** One rule about a key that exists; empty if it has nothing to say. */
  private interface Check {
    Optional<KeyDecision> apply(Facts facts);
  }

  /** Read from top to bottom; the first that has something to say decides. */
  private static final List<Check> CHECKS =
      List.of(
          KeyDecider::belongsToAnother,
          KeyDecider::isNotExportable,
          KeyDecider::isOfAnotherShape,
          KeyDecider::mayNotBeAdopted,
          KeyDecider::hasOtherProperties,
          KeyDecider::hasAnImmutablePolicy,
          KeyDecider::hasAnotherPolicy);

  private KeyDecider() {}

  static KeyDecision decide(KeyObservation observation) {
    return switch (observation.policy()) {
      case PolicyReference.Missing missing ->
          refuse(
              ConditionType.ResolvedRefs,
              Cause.of(
                  ConditionReason.PolicyNotFound,
                  "There is no ReleasePolicy "
                      + missing.name()
                      + " in the namespace; create it or name another one."));
      case PolicyReference.NotAccepted rejected ->
          refuse(
              ConditionType.ResolvedRefs,
              Cause.of(
                  ConditionReason.PolicyNotAccepted,
                  "The ReleasePolicy "
                      + rejected.name()
                      + " is not accepted: "
                      + rejected.cause()));
      case PolicyReference.Found found ->
          decide(
              observation,
              new DesiredKey(observation.owner(), observation.spec(), found.document()));
    };
  }

  private static KeyDecision decide(KeyObservation observation, DesiredKey desired) {
    KeyIdentifier key;
    try {
      key = DesiredKey.identifier(desired.owner(), desired.spec());
    } catch (EndpointFormatException e) {
      return refuse(
          ConditionType.Provisioned,
          Cause.of(Reason.HostNotAllowed, String.valueOf(e.getMessage())));
    }
    return switch (observation.vault()) {
      case VaultState.NotAsked() -> new KeyDecision.Look(key);
      case VaultState.Absent() -> new KeyDecision.Create(key, desired.creation());
      case VaultState.SoftDeleted deleted -> softDeleted(key, desired, deleted.key());
      case VaultState.Present present ->
          present(
              new Facts(key, desired, present.key(), desired.owner().claimOn(present.key())),
              observation.ledger());
      case VaultState.Traced traced ->
          existing(
              new Facts(key, desired, traced.key(), claimOn(traced, desired.owner())),
              observation.ledger());
      case VaultState.Listed listed ->
          new KeyDecision.Settle(
              listed.key(),
              desired.policy(),
              observation.ledger().next(listed.key(), listed.versions()));
    };
  }

  /**
   * Only a key that could be kept afterwards is brought back: others would be resurrected in vain.
   */
  private static KeyDecision softDeleted(
      KeyIdentifier key, DesiredKey desired, DeletedKey deleted) {
    Owner.Claim claim = desired.owner().claimOn(deleted.tags());
    boolean isOurs =
        claim == Owner.Claim.OURS
            || (claim == Owner.Claim.FREE && desired.spec().adoption() == Adoption.IfExportable);
    if (isOurs && desired.spec().softDeletedName() == SoftDeletedName.Recover) {
      return new KeyDecision.Recover(key);
    }
    String remedy =
        isOurs
            ? "set softDeletedName: Recover to bring it back, purge it, or choose another keyName."
            : "it was not made for this object; purge it or choose another keyName.";
    return refuse(
        ConditionType.Provisioned,
        Cause.of(
            Reason.KeySoftDeleted,
            "The name of " + key + " belongs to a soft-deleted key: " + remedy));
  }

  private static KeyDecision present(Facts facts, VersionLedger ledger) {
    Optional<KeyVersion> earlier = ledger.earlierIdThan(facts.actual());
    return facts.claim() == Owner.Claim.FREE && earlier.isPresent()
        ? new KeyDecision.Trace(facts.actual(), earlier.get())
        : existing(facts, ledger);
  }

  /** A version without an owner that was added to this object's key is this object's. */
  private static Owner.Claim claimOn(VaultState.Traced traced, Owner owner) {
    return traced
        .earlier()
        .map(owner::claimOn)
        .filter(claim -> claim == Owner.Claim.OURS)
        .orElseGet(() -> owner.claimOn(traced.key()));
  }

  private static KeyDecision existing(Facts facts, VersionLedger ledger) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(facts).stream())
        .findFirst()
        .orElseGet(() -> settle(facts, ledger));
  }

  private static KeyDecision settle(Facts facts, VersionLedger ledger) {
    return ledger.asksForList(facts.actual())
        ? new KeyDecision.ListVersions(facts.actual())
        : new KeyDecision.Settle(
            facts.actual(), facts.desired().policy(), ledger.next(facts.actual(), List.of()));
  }

  private static Optional<KeyDecision> belongsToAnother(Facts facts) {
    return when(facts.claim() == Owner.Claim.ANOTHERS)
        .map(
            _ ->
                refuseKey(
                    Reason.KeyExists,
                    facts,
                    "is managed for another object, which its tag "
                        + Owner.OWNER_TAG
                        + " names; choose another keyName"));
  }

  private static Optional<KeyDecision> isNotExportable(Facts facts) {
    return when(!facts.actual().recorded().exportable())
        .map(
            _ ->
                refuseKey(
                    Reason.KeyNotExportable,
                    facts,
                    "exists and is not exportable, which can never be changed; choose another"
                        + " keyName"));
  }

  private static Optional<KeyDecision> isOfAnotherShape(Facts facts) {
    return when(facts.drift().isOfAnotherShape())
        .map(
            _ ->
                refuseKey(
                    Reason.KeyMismatch,
                    facts,
                    "exists with another type, size or curve ("
                        + facts.actual().shape().kty()
                        + "), which can never be changed; choose another keyName or describe the"
                        + " key as it is"));
  }

  private static Optional<KeyDecision> mayNotBeAdopted(Facts facts) {
    boolean isFree = facts.claim() == Owner.Claim.FREE;
    return when(isFree && facts.desired().spec().adoption() == Adoption.Never)
        .map(
            _ ->
                refuseKey(
                    Reason.KeyExists,
                    facts,
                    "exists and was not made for this object; set adoption: "
                        + Adoption.IfExportable
                        + " to take it over with its material, or choose another keyName"));
  }

  /** Before the policy: disabling a key must not wait for a policy that cannot be written. */
  private static Optional<KeyDecision> hasOtherProperties(Facts facts) {
    String differences = facts.drift().ofProperties();
    return when(!differences.isEmpty())
        .map(
            _ ->
                new KeyDecision.CorrectProperties(
                    facts.key(), facts.drift().targetProperties(), differences));
  }

  private static Optional<KeyDecision> hasAnImmutablePolicy(Facts facts) {
    return when(facts.drift().isPolicyImmutable() && facts.drift().isPolicyDifferent())
        .map(
            _ ->
                refuse(
                    ConditionType.PolicyInSync,
                    Cause.of(
                        Reason.PolicyImmutable,
                        "The release policy of "
                            + facts.key()
                            + " is immutable and not the one that is referred to; refer to the"
                            + " earlier policy again, or make another key.")));
  }

  private static Optional<KeyDecision> hasAnotherPolicy(Facts facts) {
    return when(facts.drift().isPolicyDifferent() || facts.drift().isMutabilityDifferent())
        .map(_ -> new KeyDecision.CorrectPolicy(facts.key(), facts.desired().vaultPolicy()));
  }

  private static Optional<Boolean> when(boolean holds) {
    return holds ? Optional.of(true) : Optional.empty();
  }

  private static KeyDecision refuseKey(Reason reason, Facts facts, String predicate) {
    return refuse(
        ConditionType.Provisioned,
        Cause.of(reason, "The key " + facts.key() + " " + predicate + "."));
  }

  private static KeyDecision refuse(ConditionType at, Cause cause) {
    return new KeyDecision.Refuse(at, cause);
  }
}
