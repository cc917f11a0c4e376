package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.Caller;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.endpoint.VaultHost;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A vault without a network, and one caller who may do everything. */
final class LocalVault {

  final Vault vault;
  final TestAuthority authority;
  final ShiftedTime time = new ShiftedTime();
  final DecisionLog log = new DecisionLog();
  final KeyCatalog catalog;
  private final Caller caller = new Caller("app", new UUID(2, 9), new UUID(0, 10));

  /** Runs whenever a release looks up its issuer's keys. */
  private volatile Runnable lookup = () -> {};

  LocalVault(String host) {
    SecureRandom random = new SecureRandom();
    MemoryState state = new MemoryState();
    KeyRing ring = new KeyRing(state, random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a", "b", "c"));
    authority = new TestAuthority(ring.rsa("a"), ring.rsa("b"), ring.rsa("c"), time);
    VaultSite site =
        new VaultSite(new VaultHost(host), caller.tenantId(), "westeurope", VaultSettings.DEFAULT);
    catalog = KeyCatalog.open(state, site.stateName());
    vault =
        new Vault(
            site,
            catalog,
            new LabCertificates(ring, random, time).issue("a", List.of(host)),
            new Vault.Shared(
                new KeyRelease.Lab(new FixedKeys(keysOfTheAuthority()), time, random),
                log,
                BackupSeal.open(state, random)));
    vault.permissions().establish(caller.objectId(), EnumSet.allOf(KeyPermission.class));
  }

  /** Has something happen in the middle of releases. */
  void duringRelease(Runnable something) {
    lookup = something;
  }

  HttpResponse answer(HttpRequest request) {
    try {
      return vault.answerTo(caller, request);
    } catch (VaultRefusedException e) {
      return e.toResponse(vault.site().kind(), new UUID(0, 0));
    }
  }

  HttpResponse send(String method, String path, ObjectNode body) {
    return answer(
        new HttpRequest(method, path, Map.of("api-version", "7.4"), Map.of(), body.toString()));
  }

  private KeySet keysOfTheAuthority() {
    try {
      return KeySet.parse(authority.keySet().toString());
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class FixedKeys implements IssuerKeys {

    private final KeySet keys;

    FixedKeys(KeySet keys) {
      this.keys = keys;
    }

    @Override
    public KeySet keys(String issuer) {
      lookup.run();
      return keys;
    }

    @Override
    public KeySet refreshedKeys(String issuer) {
      return keys;
    }
  }
}
