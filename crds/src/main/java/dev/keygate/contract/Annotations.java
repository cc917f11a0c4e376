package dev.keygate.contract;

/** Names of annotations. */
public final class Annotations {

  /** On a pod: names of ExportableKeys, separated by commas. */
  public static final String KEYS = "keygate.dev/keys";

  /** On an owned ConfigMap: the digest of the release policy in its grant. */
  public static final String POLICY_DIGEST = "keygate.dev/policy-digest";

  /**
   * On a pod: {@code Api} (the default) or {@code Files}, for every container that has keys. With
   * files the local API serves as well.
   */
  public static final String DELIVERY = "keygate.dev/delivery";

  /** On an injected pod, written by the webhook: the image of the sidecar it got. */
  public static final String INJECTED = "keygate.dev/injected";

  private Annotations() {}

  /** On a pod: the same for one of its containers, in place of the pod's. */
  public static String keysOf(String containerName) {
    return KEYS + "." + containerName;
  }
}
