package dev.keygate.operator.injection;

/**
 * Why a pod that asks for keys is not admitted. The constant's name is the {@code reason} of the
 * refusal, a metric's label and an entry of docs/runbook.md.
 */
public enum InjectionRefusal {
  /** The pod runs on Windows. */
  WindowsPod(Basis.POD),
  /** The pod is in a network, process or IPC namespace of its node. */
  HostNamespaceUsed(Basis.POD),
  /** The pod's containers see each other's processes. */
  ProcessNamespaceShared(Basis.POD),
  /** The pod has a user namespace of its own. */
  UserNamespaceUsed(Basis.POD),
  /** A container is named like the sidecar. */
  ContainerNameReserved(Basis.POD),
  /** A volume is named, or a mount refers to one that is named, like one of ours. */
  VolumeNameReserved(Basis.POD),
  /** A container with keys has something else mounted where they are. */
  MountPathReserved(Basis.POD),
  /** A container asks for the vTPM itself. */
  DeviceReserved(Basis.POD),
  /** A container has a port that is the sidecar's. */
  PortReserved(Basis.POD),
  /** A container's name is too long for an annotation to name it. */
  ContainerNameTooLong(Basis.POD),
  /** The pod wants nodes that are no confidential VMs. */
  NodeSelectorContradicts(Basis.POD),
  /** An annotation of ours is not understood. */
  AnnotationMalformed(Basis.POD),
  /** The pod asks for injection and names no key. */
  KeysMissing(Basis.POD),
  /** A key of another namespace is asked for. */
  KeyInOtherNamespace(Basis.POD),
  /** The operator does not watch the pod's namespace. */
  NamespaceNotWatched(Basis.POD),
  /** There is no such ExportableKey. */
  KeyUnknown(Basis.CLUSTER),
  /** The ExportableKey does not list the pod's service account. */
  ServiceAccountNotConsumer(Basis.CLUSTER),
  /** The pod's service account does not exist. */
  ServiceAccountUnknown(Basis.CLUSTER),
  /** The service account does not say which identity trusts it. */
  IdentityMissing(Basis.CLUSTER),
  /** What the service account says of its identity is no client id or tenant. */
  IdentityMalformed(Basis.CLUSTER),
  /** The ExportableKey's release policy does not exist. */
  PolicyUnknown(Basis.CLUSTER),
  /** The ExportableKey's release policy is not accepted. */
  PolicyNotAccepted(Basis.CLUSTER),
  /** The release policy trusts an authority that is no provider of Azure Attestation. */
  AuthorityUnusable(Basis.CLUSTER),
  /** The ExportableKey's spec names no key of a vault. */
  KeyAddressInvalid(Basis.CLUSTER),
  /** The API server did not answer when the pod's objects were looked up. */
  LookupFailed(Basis.CLUSTER);

  /** What a refusal follows from. */
  public enum Basis {
    /** The pod and the settings: looking again changes nothing. */
    POD,
    /** Objects of the cluster, of which a cache may not have heard yet. */
    CLUSTER
  }

  private final Basis basis;

  InjectionRefusal(Basis basis) {
    this.basis = basis;
  }

  /** What it follows from. */
  public Basis basis() {
    return basis;
  }
}
