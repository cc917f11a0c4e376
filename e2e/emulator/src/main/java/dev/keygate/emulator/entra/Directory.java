package dev.keygate.emulator.entra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The principals of one tenant and their federated credentials. Safe for use by threads. */
public final class Directory {

  private static final int MAX_CREDENTIALS = 1000;

  private final UUID tenantId;
  private final Map<UUID, ServicePrincipal> principals = new ConcurrentHashMap<>();
  private final List<FederatedCredential> credentials = new CopyOnWriteArrayList<>();

  /** A directory of these principals, without federated credentials. */
  public Directory(UUID tenantId, List<ServicePrincipal> principals) {
    this.tenantId = tenantId;
    principals.forEach(principal -> this.principals.put(principal.clientId(), principal));
  }

  /** The tenant. */
  public UUID tenantId() {
    return tenantId;
  }

  /** The principal of this client id, in any spelling of the GUID. */
  public Optional<ServicePrincipal> find(String clientId) {
    try {
      return Optional.ofNullable(principals.get(UUID.fromString(clientId)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Adds a credential, in place of one with the same principal, issuer and subject.
   *
   * @throws IllegalArgumentException if the tenant has no such principal
   */
  public synchronized void register(FederatedCredential credential) {
    if (!principals.containsKey(credential.clientId())) {
      throw new IllegalArgumentException(
          "clientId: the tenant has no principal " + credential.clientId());
    }
    credentials.removeIf(old -> isSame(old, credential));
    if (credentials.size() == MAX_CREDENTIALS) {
      throw new IllegalArgumentException("there are " + MAX_CREDENTIALS + " credentials already");
    }
    credentials.add(credential);
  }

  Optional<FederatedCredential> match(UUID clientId, String issuer, String subject) {
    return credentials.stream()
        .filter(credential -> credential.clientId().equals(clientId))
        .filter(credential -> credential.issuer().equals(issuer))
        .filter(credential -> credential.subject().equals(subject))
        .findFirst();
  }

  /** Whether a principal has a credential of this issuer, for whatever subject. */
  boolean trusts(UUID clientId, String issuer) {
    return credentials.stream()
        .filter(credential -> credential.clientId().equals(clientId))
        .anyMatch(credential -> credential.issuer().equals(issuer));
  }

  private static boolean isSame(FederatedCredential one, FederatedCredential other) {
    return one.clientId().equals(other.clientId())
        && one.issuer().equals(other.issuer())
        && one.subject().equals(other.subject());
  }
}
