package dev.keygate.operator.throttle;

import java.util.Locale;

/** The calls of the client, by name. */
public enum VaultOperation {
  CREATE,
  GET,
  PATCH_POLICY,
  UPDATE,
  VERSIONS,
  GET_DELETED,
  RECOVER,
  SOFT_DELETE;

  VaultCall countedAs() {
    return this == CREATE ? VaultCall.CREATE : VaultCall.REQUEST;
  }

  /** As metrics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
