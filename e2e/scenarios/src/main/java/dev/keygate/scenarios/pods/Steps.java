package dev.keygate.scenarios.pods;

/** What the probe is told to do in an app's container. */
public final class Steps {

  /** Longer than any test; a pod that is removed ends it. */
  public static final String STAY = "sleep 3600";

  /** Prints the container's caller token. */
  public static final String OWN_TOKEN = "cat /run/keygate/token";

  private static final String API = "http://127.0.0.1:8250";

  private Steps() {}

  /** Asks for the current version of a key as an app does. */
  public static String fetch(String key) {
    return fetch(key, "{}");
  }

  /** Asks for one version of a key. */
  public static String fetchVersion(String key, String version) {
    return fetch(key, "{\"version\":\"" + version + "\"}");
  }

  /** Asks which keys and versions there are, without material. */
  public static String list() {
    return "http GET " + API + "/v1/keys --bearer-file /run/keygate/token";
  }

  /** Where a key's material is asked for, and with which token. */
  public static String source(String key) {
    return API + "/v1/keys/" + key + "/material /run/keygate/token";
  }

  private static String fetch(String key, String body) {
    return "http POST "
        + API
        + "/v1/keys/"
        + key
        + "/material --bearer-file /run/keygate/token --header 'Accept: application/jwk+json'"
        + " --body '"
        + body
        + "'";
  }
}
