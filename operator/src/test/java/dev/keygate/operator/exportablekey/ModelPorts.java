package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyManagementClient;

/** What lies between the operator's code and the model's vaults and API server. */
interface ModelPorts {

  /** Nothing. */
  ModelPorts SOUND = new ModelPorts() {};

  /** The vaults as the operator's code sees them. */
  default KeyManagementClient vault(KeyManagementClient sound) {
    return sound;
  }

  /** The API server as one run sees it. */
  default KeyCluster cluster(KeyCluster sound) {
    return sound;
  }
}
