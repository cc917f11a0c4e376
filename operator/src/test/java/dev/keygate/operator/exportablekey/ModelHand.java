package dev.keygate.operator.exportablekey;

import dev.keygate.azure.http.Call;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.azure.keyvault.VaultReleasePolicy.Mutability;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What somebody does in a vault past the operator; what the vault refuses does not happen. */
record ModelHand(ModelVaults vaults, ModelSpecs specs, Random random) {

  /** Does one thing and says what. */
  String act() {
    String host = specs.pick(List.of(ModelVaults.VAULT, ModelVaults.VAULT, ModelVaults.HSM));
    String name = specs.pick(List.of("orders", "orders", "orders", "invoices", "one", "two"));
    KeyIdentifier key = KeyIdentifier.of(new VaultHost(host), name);
    try {
      return act(key) + " " + key;
    } catch (FailureException e) {
      return "refused by hand: " + e.reason() + " " + key;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String act(KeyIdentifier key) throws FailureException, InterruptedException {
    KeyManagementClient officer = vaults.officer();
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> {
        officer.patchPolicy(key, new VaultReleasePolicy(specs.policyJson(), mutability()));
        yield "policy patched";
      }
      case 3, 13 -> {
        update(key, found -> new KeyLifetime(!found.enabled(), found.notBefore(), found.expires()));
        if (random.nextBoolean()) {
          officer.patchPolicy(key, new VaultReleasePolicy(specs.policyJson(), mutability()));
        }
        yield "enabled or disabled, maybe under another policy";
      }
      case 4 -> {
        VaultKey found = officer.get(key);
        officer.update(
            key,
            new KeyProperties(
                found.properties().operations(), found.properties().lifetime(), tags(found)));
        yield "tags written";
      }
      case 5 -> {
        VaultKey found = officer.get(key);
        officer.update(
            key,
            new KeyProperties(
                found.properties().operations().subList(0, 1),
                found.properties().lifetime(),
                found.properties().tags()));
        yield "operations taken away";
      }
      case 6 -> {
        officer.softDelete(key);
        yield "soft-deleted";
      }
      case 7 -> {
        vaults.byHand(Call.Method.DELETE, key.vault() + "/deletedkeys/" + key.name(), "");
        yield "purged";
      }
      case 8 -> {
        officer.recover(key);
        yield "recovered";
      }
      case 9 -> {
        vaults.byHand(Call.Method.POST, key + "/create", "{\"kty\":\"EC-HSM\",\"crv\":\"P-256\"}");
        yield "new version without tags, or a key without export";
      }
      case 10, 14 -> {
        vaults.byHand(Call.Method.POST, key + "/rotate", "");
        if (random.nextInt(3) == 0) {
          disableEarlier(key);
        }
        yield "rotated, maybe with an earlier version disabled";
      }
      case 11 -> {
        officer.create(key, exportable());
        yield "made, or a new version with another policy";
      }
      default -> {
        disableEarlier(key);
        yield "an earlier version disabled";
      }
    };
  }

  private Mutability mutability() {
    return random.nextInt(12) == 0 ? Mutability.IMMUTABLE : Mutability.MUTABLE;
  }

  private interface LifetimeChange {
    KeyLifetime apply(KeyLifetime found);
  }

  private void update(KeyIdentifier key, LifetimeChange change)
      throws FailureException, InterruptedException {
    KeyProperties found = vaults.officer().get(key).properties();
    vaults
        .officer()
        .update(
            key,
            new KeyProperties(found.operations(), change.apply(found.lifetime()), found.tags()));
  }

  private Map<String, String> tags(VaultKey found) {
    return switch (random.nextInt(4)) {
      case 0 -> Map.of();
      case 1 -> Map.of(Owner.OWNER_TAG, "somebody/else", Owner.UID_TAG, "uid-0");
      case 2 -> Map.of(Owner.OWNER_TAG, "a/one", "team", "x");
      default -> {
        Map<String, String> kept = new HashMap<>(found.properties().tags());
        kept.put("team", "stranger");
        yield kept;
      }
    };
  }

  private KeyCreation exportable() {
    return new KeyCreation(
        new KeyShape.Ec("EC-HSM", "P-256"),
        new KeyProperties(List.of(), KeyLifetime.UNLIMITED, specs.tags()),
        new VaultReleasePolicy(specs.policyJson(), mutability()));
  }

  private void disableEarlier(KeyIdentifier key) throws FailureException, InterruptedException {
    Optional<KeyIdentifier> earlier =
        vaults.officer().versions(key).stream().map(version -> version.id()).findFirst();
    if (earlier.isPresent()) {
      update(earlier.get(), found -> new KeyLifetime(false, found.notBefore(), found.expires()));
    }
  }

  /** Takes a permission from the operator, or gives all back. */
  String permit() {
    String host = specs.pick(List.of(ModelVaults.VAULT, ModelVaults.HSM));
    Set<KeyPermission> left = EnumSet.copyOf(ModelVaults.ROLE);
    if (random.nextInt(3) == 0) {
      left.remove(specs.pick(List.copyOf(left)));
    }
    vaults.permit(host, left);
    return host + " permits " + left;
  }
}
