package dev.keygate.sidecar.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sidecar's settings as they are written: as system properties, or as environment variables of
 * exactly these names ({@code keygate.keys.orders.identifier}; a name with dots is quoted: {@code
 * keygate.keys."orders.v2".identifier}). {@link Settings#from} checks them; nothing else reads this
 * interface. A setting that is not listed here is refused.
 */
@ConfigMapping(prefix = "keygate")
public interface SidecarSettings {

  /** The keys that this pod uses, each under the name that the app calls it by. */
  Map<String, Key> keys();

  /**
   * The attestation authorities that may be asked, in this order, separated by commas: {@code
   * https://sharedweu.weu.attest.azure.net}. A token of any other is refused.
   */
  Optional<List<String>> authorities();

  /**
   * How vaults wrap keys for release: {@code RSA_AES_KEY_WRAP_256}, {@code RSA_AES_KEY_WRAP_384} or
   * {@code CKM_RSA_AES_KEY_WRAP}, which uses SHA-1.
   */
  @WithDefault("RSA_AES_KEY_WRAP_256")
  String enc();

  /**
   * Folder with a folder for each key, in which the operator's ConfigMap is mounted: {@code
   * <name>/grant.json}. Without it, the current version of each key is released.
   */
  Optional<String> grantsDirectory();

  /** How often grants are looked at: a number with {@code ms}, {@code s} or {@code m}. */
  @WithDefault("2s")
  String grantPollInterval();

  /**
   * Folder with a folder for each container, in which it finds its caller token, {@code
   * <container>/token}, and the keys that are delivered as files, {@code
   * <container>/keys/<name>/current/key.jwk}, {@code key.pem} (not for symmetric keys) and {@code
   * key.bin}.
   */
  Optional<String> callersDirectory();

  /**
   * Who beside the sidecar may read what lies in the containers' folders: {@code group}, or {@code
   * everyone} who sees the folder, where containers run under users and groups of their own.
   */
  @WithDefault("group")
  String callersReadableBy();

  /** The containers that may have keys, each under its name. */
  Map<String, Caller> callers();

  /**
   * What evidence of this machine is had from: {@code vtpm} on an Azure confidential VM, {@code
   * configfs-tsm} or {@code sev-guest} in a guest without a paravisor, such as a Kata pod; {@code
   * auto} looks for them in this order, takes the first that is there and says so in the log. One
   * that is there and fails is never passed over for the next.
   */
  @WithDefault("auto")
  String device();

  /**
   * The boot event log that the kernel keeps of the firmware. A file that cannot be read counts as
   * empty: the authority then knows the PCRs and no events.
   */
  @WithDefault("/sys/kernel/security/tpm0/binary_bios_measurements")
  String eventLog();

  /** Who the sidecar is towards Entra. */
  Identity identity();

  /** The API for the apps of this pod. */
  LocalApi localApi();

  /** Health and metrics. */
  Management management();

  /** Spans of the steps of a release. */
  Telemetry telemetry();

  /** The key in the vTPM to which released keys are wrapped. */
  TransferKey transferKey();

  /** A lab in place of Azure and of a confidential VM; void without its trust roots. */
  Lab lab();

  /** A key. */
  interface Key {
    /**
     * Which key: {@code https://<vault>/keys/<name>}, without a version. This pins it; no grant can
     * make it another one.
     */
    String identifier();
  }

  /** A container. */
  interface Caller {
    /**
     * The names of the keys that it may have, separated by commas; at least one, for a container
     * without keys is not listed.
     */
    List<String> keys();

    /**
     * How it gets them: {@code api}, over the local API, or {@code files}, as files in its folder
     * too.
     */
    @WithDefault("api")
    String delivery();
  }

  /** An identity in Entra. */
  interface Identity {
    /**
     * {@code workload}: workload identity federation with the pod's service account; {@code
     * managed}: the machine's managed identity.
     */
    @WithDefault("workload")
    String kind();

    /** Entra tenant; {@code AZURE_TENANT_ID} if not set. */
    @WithDefault("${AZURE_TENANT_ID:}")
    Optional<String> tenantId();

    /**
     * Client id of the application or managed identity; {@code AZURE_CLIENT_ID} if not set. A
     * managed identity needs one only where the machine has several.
     */
    @WithDefault("${AZURE_CLIENT_ID:}")
    Optional<String> clientId();

    /** File with the projected token; {@code AZURE_FEDERATED_TOKEN_FILE} if not set. */
    @WithDefault("${AZURE_FEDERATED_TOKEN_FILE:}")
    Optional<String> federatedTokenFile();

    /** Entra's address; {@code AZURE_AUTHORITY_HOST} if not set, else the public cloud's. */
    @WithDefault("${AZURE_AUTHORITY_HOST:https://login.microsoftonline.com/}")
    String authorityHost();
  }

  /** The API for the apps. */
  interface LocalApi {
    /** Port on 127.0.0.1; callers must address it so, by number. */
    @WithDefault("8250")
    String port();

    /**
     * Whether each container finds a Unix socket, {@code api.sock}, in its folder too: {@code on}
     * or {@code off}. It takes the token of that container alone, and no other container can keep
     * it busy.
     */
    @WithDefault("on")
    String unixSockets();
  }

  /** Health and metrics. */
  interface Management {
    /** Literal address to listen at; the kubelet comes from outside the pod. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port for {@code /health/…} and {@code /metrics}. */
    @WithDefault("9250")
    String port();
  }

  /** Spans. */
  interface Telemetry {
    /**
     * Base address of a collector of OpenTelemetry's protocol in this pod or on the node: {@code
     * http://<literal address>[:<port>]}, or {@code https}. Every step of a release goes there as a
     * span, OTLP over HTTP as JSON at {@code /v1/traces}, past any proxy. Without it there are no
     * spans.
     */
    Optional<String> endpoint();
  }

  /** The transfer key. */
  interface TransferKey {
    /**
     * {@code random}: a key that only this process can use; {@code constant}: the template of
     * Microsoft's clients, which everybody who reaches the vTPM can make the same key of.
     */
    @WithDefault("random")
    String unique();
  }

  /** The lab. */
  interface Lab {
    /**
     * Folder with {@code tls-root.pem} and {@code amd-root.pem}. Its presence makes this the lab:
     * evidence under these roots is then believed, and the process says so.
     */
    Optional<String> trustRoots();

    /** {@code address:port} of the CONNECT proxy that answers for Azure's host names. */
    Optional<String> proxy();

    /** Address of the metadata service: {@code http://<literal address>[:<port>]}. */
    Optional<String> imds();

    /** Path of the Unix socket of a vTPM; the machine's own if absent. */
    Optional<String> tpm();

    /** Path of the boot event log of that vTPM. */
    Optional<String> eventLog();
  }
}
