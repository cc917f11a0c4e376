package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.DeletionMode;

/** Decides what a deletion means for the key. Pure. */
final class DeletionDecider {

  private DeletionDecider() {}

  /**
   * Only a key that is ours is deleted: never one that was refused, or that somebody made in its
   * place.
   */
  static DeletionDecision decide(DeletionMode mode, Owner owner, VaultState state) {
    return switch (mode) {
      case Retain -> DeletionDecision.LET_GO;
      case SoftDelete ->
          state instanceof VaultState.Present present
                  && owner.claimOn(present.key()) == Owner.Claim.OURS
              ? DeletionDecision.DELETE
              : DeletionDecision.LET_GO;
    };
  }
}
