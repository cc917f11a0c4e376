package dev.keygate.emulator.entra;

import dev.keygate.time.TimeSource;
import java.util.UUID;
import java.util.function.Supplier;

/** A tenant: its principals, its signing key, and the cloud it lives in. */
public final class Tenant implements AutoCloseable {

  private final Cloud cloud;
  private final Directory directory;
  private final AccessTokenIssuer tokens;
  private final ClientAssertions assertions;

  /** How a failed match of an assertion is told; which of both the service does is not known. */
  public enum MismatchCodes {
    /** AADSTS70021, whatever does not match. */
    ONE,
    /** AADSTS700211 for the issuer, 700212 for the audience, 700213 for the subject. */
    SPLIT
  }

  /**
   * @param cloud whose login hosts know it
   * @param tokens signs its access tokens
   */
  public Tenant(Cloud cloud, Directory directory, AccessTokenIssuer tokens, TimeSource time) {
    this(cloud, directory, tokens, new ClientAssertions(directory, time, () -> MismatchCodes.ONE));
  }

  private Tenant(
      Cloud cloud, Directory directory, AccessTokenIssuer tokens, ClientAssertions assertions) {
    this.cloud = cloud;
    this.directory = directory;
    this.tokens = tokens;
    this.assertions = assertions;
  }

  /** The same tenant, telling mismatches otherwise. */
  public Tenant telling(Supplier<MismatchCodes> codes) {
    return new Tenant(cloud, directory, tokens, assertions.telling(codes));
  }

  UUID id() {
    return directory.tenantId();
  }

  Cloud cloud() {
    return cloud;
  }

  Directory directory() {
    return directory;
  }

  AccessTokenIssuer tokens() {
    return tokens;
  }

  ClientAssertions assertions() {
    return assertions;
  }

  @Override
  public void close() {
    assertions.close();
  }
}
