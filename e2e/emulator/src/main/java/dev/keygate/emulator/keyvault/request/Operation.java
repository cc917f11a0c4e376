package dev.keygate.emulator.keyvault.request;

import dev.keygate.emulator.keyvault.access.KeyPermission;

/** What can be asked of a vault: the HTTP method and the permission of each. */
public enum Operation {
  /** {@code /keys}. */
  LIST("GET", KeyPermission.LIST),
  /** {@code /keys/NAME/versions}. */
  LIST_VERSIONS("GET", KeyPermission.LIST),
  /** {@code /deletedkeys}. */
  LIST_DELETED("GET", KeyPermission.LIST),
  /** {@code /keys/NAME[/VERSION]}. */
  GET("GET", KeyPermission.GET),
  /** {@code /deletedkeys/NAME}. */
  GET_DELETED("GET", KeyPermission.GET),
  /** {@code /keys/NAME/create}. */
  CREATE("POST", KeyPermission.CREATE),
  /** {@code /keys/NAME}. */
  IMPORT("PUT", KeyPermission.IMPORT),
  /** {@code /keys/NAME[/VERSION]}. */
  UPDATE("PATCH", KeyPermission.UPDATE),
  /** {@code /keys/NAME}. */
  DELETE("DELETE", KeyPermission.DELETE),
  /** {@code /deletedkeys/NAME/recover}. */
  RECOVER("POST", KeyPermission.RECOVER),
  /** {@code /deletedkeys/NAME}. */
  PURGE("DELETE", KeyPermission.PURGE),
  /** {@code /keys/NAME/backup}. */
  BACKUP("POST", KeyPermission.BACKUP),
  /** {@code /keys/restore}. */
  RESTORE("POST", KeyPermission.RESTORE),
  /** {@code /keys/NAME/rotate}. */
  ROTATE("POST", KeyPermission.ROTATE),
  /** {@code /keys/NAME/rotationpolicy}. */
  GET_ROTATION_POLICY("GET", KeyPermission.GETROTATIONPOLICY),
  /** {@code /keys/NAME/rotationpolicy}. */
  SET_ROTATION_POLICY("PUT", KeyPermission.SETROTATIONPOLICY),
  /** {@code /keys/NAME[/VERSION]/encrypt}. */
  ENCRYPT("POST", KeyPermission.ENCRYPT),
  /** {@code /keys/NAME[/VERSION]/decrypt}. */
  DECRYPT("POST", KeyPermission.DECRYPT),
  /** {@code /keys/NAME[/VERSION]/sign}. */
  SIGN("POST", KeyPermission.SIGN),
  /** {@code /keys/NAME[/VERSION]/verify}. */
  VERIFY("POST", KeyPermission.VERIFY),
  /** {@code /keys/NAME[/VERSION]/wrapkey}. */
  WRAP_KEY("POST", KeyPermission.WRAPKEY),
  /** {@code /keys/NAME[/VERSION]/unwrapkey}. */
  UNWRAP_KEY("POST", KeyPermission.UNWRAPKEY),
  /** {@code /keys/NAME[/VERSION]/release}. */
  RELEASE("POST", KeyPermission.RELEASE),
  /** {@code /rng}, of Managed HSM alone. */
  RANDOM("POST", KeyPermission.RANDOM);

  private final String method;
  private final KeyPermission permission;

  Operation(String method, KeyPermission permission) {
    this.method = method;
    this.permission = permission;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** What the caller needs. */
  public KeyPermission permission() {
    return permission;
  }

  /** Whether it came with Secure Key Release and is no route of earlier API versions. */
  public boolean isAsYoungAsRelease() {
    return this == RELEASE
        || this == ROTATE
        || this == GET_ROTATION_POLICY
        || this == SET_ROTATION_POLICY;
  }
}
