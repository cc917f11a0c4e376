package dev.keygate.sidecar.config;

/** How the sidecar proves to Entra who it is. */
public enum IdentityKind {
  /** By the pod's service account token. */
  WORKLOAD,
  /** By the machine it runs on. */
  MANAGED
}
