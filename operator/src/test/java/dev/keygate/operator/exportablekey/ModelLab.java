package dev.keygate.operator.exportablekey;

import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.IssuedToken;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.Vault;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What all runs of the model share, because it is slow to make and nothing changes it: a tenant
 * with two principals, their tokens, and certificates. Vaults verify the tokens as they always do.
 */
final class ModelLab {

  static final UUID TENANT = new UUID(0, 10);
  static final ServicePrincipal OPERATOR =
      new ServicePrincipal("operator", new UUID(1, 1), new UUID(2, 1));
  static final ServicePrincipal OFFICER =
      new ServicePrincipal("officer", new UUID(1, 2), new UUID(2, 2));

  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final TlsIdentity identity;
  private final IssuerKeys issuers;
  private final Map<String, BearerToken> tokens = new HashMap<>();

  ModelLab() {
    SecureRandom random = new SecureRandom();
    ModelClock clock = new ModelClock();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "tls-vault", "entra"));
    LabCertificates certificates = new LabCertificates(ring, random, clock);
    identity = certificates.issue("tls-vault", List.of("*.vault.azure.net"));
    AccessTokenIssuer issuer =
        new AccessTokenIssuer(TENANT, certificates.issue("entra", List.of("sts")), clock);
    for (ServicePrincipal principal : List.of(OPERATOR, OFFICER)) {
      for (Audience audience : List.of(Audience.VAULT, Audience.MANAGED_HSM)) {
        IssuedToken token = issuer.issue(principal, audience, FOR_EVER);
        tokens.put(
            principal.name() + audience.resource(),
            new BearerToken(
                token.text(),
                new dev.keygate.azure.identity.Audience(audience.resource()),
                token.expiresAt()));
      }
    }
    issuers = new KeysOfEntra(keys(issuer, clock));
  }

  private static KeySet keys(AccessTokenIssuer issuer, ModelClock clock) {
    try (Entra entra = new Entra(new Directory(TENANT, List.of()), issuer, clock)) {
      String path = "/" + TENANT + "/discovery/v2.0/keys";
      return KeySet.parse(
          entra.answer(new HttpRequest("GET", path, Map.of(), Map.of(), "")).body());
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private record KeysOfEntra(KeySet keys) implements IssuerKeys {
    @Override
    public KeySet keys(String issuer) {
      return keys;
    }

    @Override
    public KeySet refreshedKeys(String issuer) {
      return keys;
    }
  }

  BearerTokenSource tokens(ServicePrincipal principal) {
    return audience -> {
      BearerToken token = tokens.get(principal.name() + audience.resource());
      if (token == null) {
        throw new IllegalStateException("no token for " + audience);
      }
      return token;
    };
  }

  /** A vault whose keys are in that catalog. */
  Vault vault(VaultSite site, KeyCatalog catalog, ModelClock clock, SecureRandom random) {
    return new Vault(
        site,
        catalog,
        identity,
        new Vault.Shared(
            new KeyRelease.Lab(issuers, clock, random),
            new DecisionLog(),
            BackupSeal.open(new MemoryState(), random)));
  }
}
