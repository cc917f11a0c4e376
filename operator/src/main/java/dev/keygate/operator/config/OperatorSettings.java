package dev.keygate.operator.config;

import dev.keygate.contract.PodLayout;
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

  /** How often vaults are called. */
  Vault vault();

  /** Namespaces to watch, separated by commas; all of them if absent. */
  Optional<List<String>> watchedNamespaces();

  /**
   * The operator's own namespace; what its ServiceAccount's folder says if absent, else {@code
   * keygate-system}. Its pods are never injected.
   */
  Optional<String> namespace();

  /** Who this process is among the operator's replicas. */
  Leader leader();

  /** The injection webhook. */
  Webhook webhook();

  /** What the webhook does to pods. */
  Injection injection();

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

  /** What every vault takes in ten seconds; Key Vault's documented limits if absent. */
  interface Vault {

    /**
     * Keys and versions made; Key Vault counts the releases of sidecars with them. 1 to 1000000.
     */
    @WithDefault("10")
    String createsPerTenSeconds();

    /**
     * Everything else; 1 to 1000000. Comparing keys that nobody has changed takes at most one in a
     * hundred of them, so it takes longer than the resync interval where a vault has many keys.
     */
    @WithDefault("4000")
    String requestsPerTenSeconds();
  }

  /** One replica keeps keys; the others stand by. */
  interface Leader {

    /**
     * What no other replica calls itself: the pod's name, by {@code HOSTNAME}; made up at every
     * start where there is none.
     */
    Optional<String> identity();
  }

  /** The lab's own certificate authority and the way to it. */
  interface Lab {

    /** Folder with {@code tls-root.pem}; its presence is what makes this the lab. */
    Optional<String> trustRoots();

    /** {@code host:port} of the lab's CONNECT proxy; refused without the trust roots. */
    Optional<String> proxy();

    /**
     * How many seconds pass for the lab's vaults in one of this machine's, 1 to 999: they take as
     * many calls sooner. Refused without the trust roots.
     */
    @WithDefault("1")
    String clockRate();
  }

  /** The injection webhook: an HTTPS server that the API server calls. */
  interface Webhook {

    /**
     * {@code true}, or {@code false} for an operator that only keeps keys; the API server then
     * refuses pods that ask for injection for as long as the webhook's configuration is installed.
     */
    @WithDefault("true")
    String enabled();

    /** Port to listen at. */
    @WithDefault("8443")
    String port();

    /**
     * {@code SelfManaged}: the operator makes its certificate and keeps it in the Secret {@code
     * keygate-webhook-tls}. {@code Mounted}: it reads what somebody else, such as cert-manager,
     * puts into a folder.
     */
    @WithDefault("SelfManaged")
    String certificate();

    /** Folder with {@code tls.crt} and {@code tls.key}; required for {@code Mounted}. */
    Optional<String> certificateDirectory();

    /** How often the certificate is looked at: a number with a unit of s, m or h. */
    @WithDefault("1m")
    String certificateCheckInterval();
  }

  /** What injection adds to pods. */
  interface Injection {

    /** Image of the sidecar; required while the webhook is enabled. */
    Optional<String> sidecarImage();

    /** {@code Always}, {@code IfNotPresent} or {@code Never}. */
    @WithDefault("IfNotPresent")
    String imagePullPolicy();

    /** The sidecar's memory limit, a Kubernetes quantity. */
    @WithDefault("128Mi")
    String sidecarMemoryLimit();

    /** The sidecar's memory request, a Kubernetes quantity. */
    @WithDefault("96Mi")
    String sidecarMemoryRequest();

    /** The sidecar's CPU request, a Kubernetes quantity. */
    @WithDefault("10m")
    String sidecarCpuRequest();

    /** The extended resource that stands for the node's vTPM. */
    @WithDefault(PodLayout.VTPM_RESOURCE)
    String vtpmResource();

    /**
     * Number of the group that owns the vTPM's device on the nodes, added to the pods' supplemental
     * groups; none is added if absent.
     */
    Optional<String> deviceGroup();

    /**
     * Port at which a collector of OpenTelemetry's protocol takes OTLP over HTTP on every node with
     * an injected pod, such as 4318: its sidecar sends the spans of releases to the node's IPv4
     * address. None are sent if absent.
     */
    Optional<String> collectorPort();

    /** The lab as pods see it; refused outside the lab. */
    InjectedLab lab();

    /** Pinned in pods; see the sidecar's settings of the same names. */
    interface InjectedLab {

      /** Folder of the lab's trust roots, inside the pod. */
      Optional<String> trustRoots();

      /** {@code address:port} of the lab's CONNECT proxy, as pods reach it. */
      Optional<String> proxy();

      /** Address of the lab's metadata service, as pods reach it. */
      Optional<String> imds();

      /** Socket of the lab's vTPM, inside the pod. */
      Optional<String> tpm();

      /** Boot event log of the lab's vTPM, inside the pod. */
      Optional<String> eventLog();
    }
  }
}
