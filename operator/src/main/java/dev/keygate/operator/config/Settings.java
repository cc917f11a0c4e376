package dev.keygate.operator.config;

import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.leader.Replica;
import dev.keygate.operator.throttle.VaultLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's settings, checked: one that exists can be used.
 *
 * @param identity who the operator is towards Entra
 * @param lab where the lab stands in for Azure; empty in production
 * @param resyncInterval how often a key is compared with its vault when nothing changes
 * @param vaultLimits how often one vault is called
 * @param watchedNamespaces the namespaces to watch; all of them if empty
 * @param replica who this process is among the operator's replicas
 * @param webhook the injection webhook; empty if it is switched off
 */
public record Settings(
    FederatedIdentity identity,
    Optional<LabSettings> lab,
    Duration resyncInterval,
    VaultLimits vaultLimits,
    Set<String> watchedNamespaces,
    Replica replica,
    Optional<WebhookSettings> webhook) {

  /** Copies the set. */
  public Settings {
    watchedNamespaces = Set.copyOf(watchedNamespaces);
  }

  /**
   * Checks what was written.
   *
   * @throws RefusedException naming the first key that is missing, malformed or contradicts another
   */
  public static Settings from(OperatorSettings written) throws RefusedException {
    FederatedIdentity identity = IdentitySettings.from(written.identity());
    Optional<LabSettings> lab = LabSettings.from(written.lab());
    Set<String> watched =
        NamespaceSetting.parse("keygate.watched-namespaces", written.watchedNamespaces());
    return new Settings(
        identity,
        lab,
        DurationSetting.parse("keygate.resync-interval", written.resyncInterval()),
        VaultReading.from(written.vault(), lab.map(LabSettings::clockRate).orElse(1)),
        watched,
        ReplicaReading.from(written),
        WebhookReading.from(
            written,
            new NamespaceScope(NamespaceSetting.own(written.namespace()), watched),
            identity));
  }
}
