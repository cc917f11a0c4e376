package dev.keygate.contract;

/** Where a grant lies: a ConfigMap per ExportableKey, in its namespace, mounted as a directory. */
public final class GrantConfigMap {

  /** The one entry, and so the file's name in the mounted directory. */
  public static final String FILE = "grant.json";

  private static final String SUFFIX = ".keygate";

  private GrantConfigMap() {}

  /** The ConfigMap's name. No ExportableKey is so long that this is no object name. */
  public static String nameFor(String exportableKey) {
    return exportableKey + SUFFIX;
  }
}
