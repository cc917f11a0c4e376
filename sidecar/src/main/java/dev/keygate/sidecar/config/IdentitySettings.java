package dev.keygate.sidecar.config;

import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.failure.RefusedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who the sidecar is towards Entra. */
public sealed interface IdentitySettings {

  /** The service account of the pod. */
  record Workload(FederatedIdentity identity) implements IdentitySettings {}

  /**
   * The machine.
   *
   * @param clientId which of its identities; the only one if empty
   */
  record Managed(Optional<String> clientId) implements IdentitySettings {}

  /** The format of a client id. */
  Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * Checks what was written.
   *
   * @param kind in place of the written one
   * @throws RefusedException naming the setting
   */
  static IdentitySettings of(IdentityKind kind, SidecarSettings.Identity written)
      throws RefusedException {
    return switch (kind) {
      case MANAGED -> managed(written);
      case WORKLOAD -> workload(written);
    };
  }

  private static Managed managed(SidecarSettings.Identity written) throws RefusedException {
    Optional<String> clientId = Written.text(written.clientId());
    if (clientId.filter(id -> !GUID.matcher(id).matches()).isPresent()) {
      throw Refusal.of("keygate.identity.client-id", "a GUID", clientId.get());
    }
    return new Managed(clientId);
  }

  private static Workload workload(SidecarSettings.Identity written) throws RefusedException {
    String tenant = required("tenant-id", written.tenantId(), "AZURE_TENANT_ID");
    String client = required("client-id", written.clientId(), "AZURE_CLIENT_ID");
    Path file =
        Written.absolutePath(
            "keygate.identity.federated-token-file",
            required(
                "federated-token-file",
                written.federatedTokenFile(),
                "AZURE_FEDERATED_TOKEN_FILE"));
    return new Workload(FederatedIdentity.of(written.authorityHost(), tenant, client, file));
  }

  private static String required(String name, Optional<String> written, String variable)
      throws RefusedException {
    return Written.text(written)
        .orElseThrow(
            () ->
                Refusal.of(
                    "keygate.identity." + name,
                    "is missing: set it, or "
                        + variable
                        + " as azure-workload-identity does, or keygate.identity.kind to managed"));
  }
}
