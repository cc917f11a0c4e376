package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKeySpec;

/**
 * All that the next step for a key depends on.
 *
 * @param owner the object
 * @param spec what it asks for
 * @param policy what its reference leads to
 * @param vault what is known of the key
 * @param ledger what is known of its versions
 */
record KeyObservation(
    Owner owner,
    ExportableKeySpec spec,
    PolicyReference policy,
    VaultState vault,
    VersionLedger ledger) {

  KeyObservation with(VaultState state) {
    return new KeyObservation(owner, spec, policy, state, ledger);
  }
}
