package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantFormatException;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Optional;

/** An operator with one thing wrong, and the rule of the model that has to notice. */
enum PlantedDefect implements ModelPorts {
  CREATES_TWICE_FOR_ONE_INTENT("a key that is there is created again") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey create(KeyIdentifier base, KeyCreation creation)
            throws FailureException, InterruptedException {
          sound.create(base, creation);
          return sound.create(base, creation);
        }
      };
    }
  },
  WRITES_PROPERTIES_TWICE("what is there is written again") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey update(KeyIdentifier key, KeyProperties properties)
            throws FailureException, InterruptedException {
          sound.update(key, properties);
          return sound.update(key, properties);
        }
      };
    }
  },
  TAKES_SILENCE_FOR_ABSENCE("a key that is there is created again") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException {
          try {
            return sound.get(key);
          } catch (UnavailableException e) {
            throw new RefusedException(Reason.KeyNotFound, "silence", e);
          }
        }
      };
    }
  },
  GIVES_UP_AT_A_PASSING_FAULT("a passing fault, ") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException {
          try {
            return sound.get(key);
          } catch (UnavailableException e) {
            throw new RefusedException(Reason.VaultRefused, "silence", e);
          }
        }
      };
    }
  },
  SKIPS_REPAIR_OF_PROPERTIES("the vault differs in ") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey update(KeyIdentifier key, KeyProperties properties)
            throws FailureException, InterruptedException {
          return sound.get(key);
        }
      };
    }
  },
  SKIPS_REPAIR_OF_THE_POLICY("the vault differs in ") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
            throws FailureException, InterruptedException {
          return sound.get(key);
        }
      };
    }
  },
  FORGETS_THE_DELETION("an object lets go of a key that it leaves in the vault") {
    @Override
    public KeyManagementClient vault(KeyManagementClient vault) {
      return new PlantedVault(vault) {
        @Override
        public void softDelete(KeyIdentifier key) {}
      };
    }
  },
  CREATES_BEFORE_THE_FINALIZER("a key is made before the finalizer") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public void addFinalizer(String name) {}
      };
    }
  },
  NEVER_LETS_GO("its deletion does not end") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public void removeFinalizer(String name) {}
      };
    }
  },
  SEES_AN_EMPTY_LIST_OF_POLICIES("there is no key, and no condition says why") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public Optional<ReleasePolicy> policy() {
          sound.policy();
          return Optional.empty();
        }
      };
    }
  },
  FORGETS_THE_GRANT("grant (missing)") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public void applyGrant(ConfigMap desired) {}
      };
    }
  },
  GRANTS_THE_CURRENT_VERSION_ALONE("grant [") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public void applyGrant(ConfigMap desired) {
          String text = String.valueOf(desired.getData().get("grant.json"));
          sound.applyGrant(
              new ConfigMapBuilder(desired).addToData("grant.json", withoutEarlier(text)).build());
        }
      };
    }
  },
  FORGETS_THE_STATUS("it has no status") {
    @Override
    public KeyCluster cluster(KeyCluster cluster) {
      return new PlantedCluster(cluster) {
        @Override
        public void applyStatus(ExportableKey applied) {}
      };
    }
  };

  private final String rule;

  PlantedDefect(String rule) {
    this.rule = rule;
  }

  private static String withoutEarlier(String json) {
    try {
      Grant grant = GrantJson.parse(json);
      return GrantJson.write(
          new Grant(
              grant.keyIdentifier(),
              List.of(new GrantedVersion(grant.currentVersion(), VersionState.Current)),
              grant.policy(),
              grant.refreshInterval(),
              grant.fetchWithin()));
    } catch (GrantFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How the sentence of that rule begins, or what is in it. */
  String rule() {
    return rule;
  }
}
