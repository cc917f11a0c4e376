package dev.keygate.contract;

/** Names of labels. */
public final class Labels {

  /** On a pod, {@code "true"}: a sidecar is to be injected. */
  public static final String INJECT = "keygate.dev/inject";

  /** On owned objects: the name of the ExportableKey they belong to. */
  public static final String EXPORTABLE_KEY = "keygate.dev/exportable-key";

  /** Kubernetes' recommended label; its value is {@link FieldManagers#OPERATOR}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private Labels() {}
}
