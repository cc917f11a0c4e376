package dev.keygate.emulator.entra;

/** The refusals of the token endpoint: AADSTS number, OAuth error, HTTP status. */
enum Aadsts {
  MISSING_PARAMETER(900144, "invalid_request", 400),
  TENANT_NOT_FOUND(90002, "invalid_request", 400),
  GRANT_UNSUPPORTED(70003, "unsupported_grant_type", 400),
  APPLICATION_NOT_FOUND(700016, "unauthorized_client", 400),
  CREDENTIAL_MISSING(7000218, "invalid_client", 401),
  ASSERTION_MALFORMED(50027, "invalid_request", 400),
  NO_MATCHING_CREDENTIAL(70021, "invalid_request", 400),
  NO_MATCHING_ISSUER(700211, "invalid_request", 400),
  NO_MATCHING_AUDIENCE(700212, "invalid_request", 400),
  NO_MATCHING_SUBJECT(700213, "invalid_request", 400),
  DISCOVERY_FAILED(90061, "invalid_request", 400),
  SIGNATURE_INVALID(700027, "invalid_client", 401),
  ASSERTION_NOT_IN_TIME(700024, "invalid_client", 401),
  SCOPE_INVALID(70011, "invalid_scope", 400),
  RESOURCE_NOT_FOUND(500011, "invalid_resource", 400),
  SERVICE_FAILED(90033, "temporarily_unavailable", 503);

  private final int number;
  private final String error;
  private final int status;

  Aadsts(int number, String error, int status) {
    this.number = number;
    this.error = error;
    this.status = status;
  }

  int number() {
    return number;
  }

  String error() {
    return error;
  }

  int status() {
    return status;
  }
}
