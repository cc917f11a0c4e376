package dev.keygate.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * The operator's settings as they are written, from {@code application.properties}, system
 * properties or the environment ({@code KEYGATE_RESYNC_INTERVAL}). {@link Settings#from} checks
 * them; nothing else reads this interface.
 */
@ConfigMapping(prefix = "keygate")
public interface OperatorSettings {

  /** Who the operator is towards Entra. */
  Identity identity();

  /** Where the lab stands in for Azure; void without its trust roots. */
  Lab lab();

  /**
   * How often every key is compared with its vault when nothing changes: a number with a unit, such
   * as {@code 90s}, {@code 10m} or {@code 1h}; at least one second.
   */
  @WithDefault("10m")
  String resyncInterval();

  /** Namespaces to watch, separated by commas; all of them if absent. */
  Optional<List<String>> watchedNamespaces();

  /** Workload identity federation, as azure-workload-identity sets it in a pod's environment. */
  interface Identity {

    /** Entra tenant; {@code AZURE_TENANT_ID} if not set. */
    Optional<String> tenantId();

    /** Client id of the managed identity or application; {@code AZURE_CLIENT_ID} if not set. */
    Optional<String> clientId();

    /**
     * File with the projected ServiceAccount token, read again for every exchange; {@code
     * AZURE_FEDERATED_TOKEN_FILE} if not set.
     */
    Optional<String> federatedTokenFile();

    /** Entra's address; {@code AZURE_AUTHORITY_HOST} if not set, else the public cloud's. */
    @WithDefault("https://login.microsoftonline.com/")
    String authorityHost();
  }

  /** The lab's own certificate authority and the way to it. */
  interface Lab {

    /** Folder with {@code tls-root.pem}; its presence is what makes this the lab. */
    Optional<String> trustRoots();

    /** {@code host:port} of the lab's CONNECT proxy; refused without the trust roots. */
    Optional<String> proxy();
  }
}
