package dev.keygate.contract;

/**
 * What injection adds to a pod, by name and place. The webhook writes it, the sidecar and the
 * admission policies rely on it.
 *
 * <p>Every container with keys has one directory of the memory-backed volume {@link
 * #CONTAINERS_VOLUME}, named like the container. The sidecar mounts the whole volume at {@link
 * #CONTAINERS}; the container mounts its own directory, and nothing else of it, read-only at {@link
 * #OWN}. There it finds {@link #TOKEN_FILE} and, where files are delivered, {@link
 * #KEYS_FOLDER}{@code /<key>/current/}.
 */
public final class PodLayout {

  /** The sidecar's container name, which nothing else in an injected pod may have. */
  public static final String SIDECAR = "keygate-sidecar";

  /** What volumes of ours begin with; a pod to be injected may have none such of its own. */
  public static final String VOLUME_PREFIX = "keygate-";

  /** Projected: one directory per key with its {@link GrantConfigMap#FILE}. */
  public static final String GRANTS_VOLUME = VOLUME_PREFIX + "grants";

  /** Where the sidecar has {@link #GRANTS_VOLUME}. */
  public static final String GRANTS = "/run/keygate/grants";

  /** Projected: the service account token that Entra exchanges. */
  public static final String ENTRA_VOLUME = VOLUME_PREFIX + "entra";

  /** Where the sidecar has {@link #ENTRA_VOLUME}. */
  public static final String ENTRA = "/run/keygate/entra";

  /** The audience of the token in {@link #ENTRA_VOLUME}. */
  public static final String ENTRA_AUDIENCE = "api://AzureADTokenExchange";

  /**
   * Empty, and mounted in the sidecar at {@link #ACCOUNT}: where something is mounted already, the
   * API server adds no token of the service account.
   */
  public static final String NO_ACCOUNT_VOLUME = VOLUME_PREFIX + "no-account";

  /** Where the API server puts the service account's token into containers. */
  public static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** Memory-backed: one directory per container. */
  public static final String CONTAINERS_VOLUME = VOLUME_PREFIX + "containers";

  /** Where the sidecar has {@link #CONTAINERS_VOLUME}. */
  public static final String CONTAINERS = "/run/keygate/containers";

  /** Where a container has its own directory of {@link #CONTAINERS_VOLUME}. */
  public static final String OWN = "/run/keygate";

  /** The caller token, below a container's own directory; the projected token, below Entra's. */
  public static final String TOKEN_FILE = "token";

  /** Delivered keys, below a container's own directory. */
  public static final String KEYS_FOLDER = "keys";

  /** Where a device plugin mounts the folder of the kernel's boot event log, read-only. */
  public static final String BOOT_LOG = "/run/keygate/boot-log";

  /** The event log's name in {@link #BOOT_LOG}, as securityfs has it. */
  public static final String BOOT_LOG_FILE = "binary_bios_measurements";

  /** The vTPM, as an extended resource. */
  public static final String VTPM_RESOURCE = "keygate.dev/vtpm";

  /** The label that AKS puts on nodes that are confidential VMs. */
  public static final String NODE_LABEL = "kubernetes.azure.com/security-type";

  /** The value of {@link #NODE_LABEL}. */
  public static final String NODE_LABEL_VALUE = "ConfidentialVM";

  /** The local API's port on 127.0.0.1. */
  public static final int LOCAL_API_PORT = 8250;

  /** The port of health and metrics. */
  public static final int MANAGEMENT_PORT = 9250;

  private PodLayout() {}
}
