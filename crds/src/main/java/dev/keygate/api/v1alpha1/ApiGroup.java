package dev.keygate.api.v1alpha1;

/** Group, version and category of the kinds in this package. */
public final class ApiGroup {

  /** The API group. */
  public static final String GROUP = "keygate.dev";

  /** The version of this package. */
  public static final String VERSION = "v1alpha1";

  /** {@code kubectl get keygate} lists every kind. */
  public static final String CATEGORY = "keygate";

  static final String READY_PATH = ".status.conditions[?(@.type==\"Ready\")].status";
  static final String REASON_PATH = ".status.conditions[?(@.type==\"Ready\")].reason";
  static final String AGE_PATH = ".metadata.creationTimestamp";

  private ApiGroup() {}
}
