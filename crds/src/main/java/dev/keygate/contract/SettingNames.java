package dev.keygate.contract;

/**
 * Names of the sidecar's settings that injection pins. An environment variable may have such a name
 * as it stands, dots and all, from Kubernetes 1.32 on; it then counts before its upper-case form,
 * which a Service of an unlucky name could set.
 */
public final class SettingNames {

  /** The attestation authorities that may be asked, in order, separated by commas. */
  public static final String AUTHORITIES = "keygate.authorities";

  /** See {@link PodLayout#GRANTS}. */
  public static final String GRANTS_DIRECTORY = "keygate.grants-directory";

  /** See {@link PodLayout#CONTAINERS}. */
  public static final String CALLERS_DIRECTORY = "keygate.callers-directory";

  /** {@code everyone} or {@code group}: who beside the sidecar may read what lies there. */
  public static final String CALLERS_READABLE_BY = "keygate.callers-readable-by";

  /** Entra tenant. */
  public static final String TENANT_ID = "keygate.identity.tenant-id";

  /** Client id. */
  public static final String CLIENT_ID = "keygate.identity.client-id";

  /** See {@link PodLayout#ENTRA}. */
  public static final String FEDERATED_TOKEN_FILE = "keygate.identity.federated-token-file";

  /** Entra's address. */
  public static final String AUTHORITY_HOST = "keygate.identity.authority-host";

  /** The kernel's boot event log. */
  public static final String EVENT_LOG = "keygate.event-log";

  /** Port of the local API. */
  public static final String LOCAL_API_PORT = "keygate.local-api.port";

  /** Port of health and metrics. */
  public static final String MANAGEMENT_PORT = "keygate.management.port";

  /** Where a collector of spans listens. */
  public static final String TELEMETRY_ENDPOINT = "keygate.telemetry.endpoint";

  /** The lab's trust roots. */
  public static final String LAB_TRUST_ROOTS = "keygate.lab.trust-roots";

  /** The lab's proxy. */
  public static final String LAB_PROXY = "keygate.lab.proxy";

  /** The lab's metadata service. */
  public static final String LAB_IMDS = "keygate.lab.imds";

  /** The lab's vTPM. */
  public static final String LAB_TPM = "keygate.lab.tpm";

  /** The lab's event log. */
  public static final String LAB_EVENT_LOG = "keygate.lab.event-log";

  private SettingNames() {}

  /**
   * Which key a name stands for.
   *
   * @param key what the pod calls it
   */
  public static String keyIdentifier(String key) {
    return "keygate.keys." + segment(key) + ".identifier";
  }

  /** The keys, separated by commas, that a container may have. */
  public static String callerKeys(String container) {
    return "keygate.callers." + segment(container) + ".keys";
  }

  /** {@code api} or {@code files}: how a container gets its keys. */
  public static String callerDelivery(String container) {
    return "keygate.callers." + segment(container) + ".delivery";
  }

  /** A dot would end the segment, so a name that has one is quoted. */
  private static String segment(String name) {
    return name.indexOf('.') < 0 ? name : '"' + name + '"';
  }
}
