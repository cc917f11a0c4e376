package dev.keygate.contract;

/** Names of annotations. */
public final class Annotations {

  /** On a pod: names of ExportableKeys, separated by commas. */
  public static final String KEYS = "keygate.dev/keys";

  /** On an owned ConfigMap: the digest of the release policy in its grant. */
  public static final String POLICY_DIGEST = "keygate.dev/policy-digest";

  private Annotations() {}

  /** On a pod: the same for one of its containers. */
  public static String keysOf(String containerName) {
    return KEYS + "." + containerName;
  }
}
