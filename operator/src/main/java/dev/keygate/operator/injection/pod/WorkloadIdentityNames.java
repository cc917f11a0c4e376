package dev.keygate.operator.injection.pod;

/** Names that azure-workload-identity gives to annotations. */
public final class WorkloadIdentityNames {

  /** On a ServiceAccount: the client id of the identity that trusts it. */
  public static final String CLIENT_ID = "azure.workload.identity/client-id";

  /** On a ServiceAccount: the tenant of that identity. */
  public static final String TENANT_ID = "azure.workload.identity/tenant-id";

  /** On a pod: containers that its webhook leaves alone, separated by {@link #SEPARATOR}. */
  public static final String SKIP_CONTAINERS = "azure.workload.identity/skip-containers";

  /** Between the names in {@link #SKIP_CONTAINERS}. */
  public static final String SEPARATOR = ";";

  private WorkloadIdentityNames() {}
}
