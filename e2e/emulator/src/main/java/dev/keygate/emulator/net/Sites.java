package dev.keygate.emulator.net;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The hosts that exist in the lab. Not changed once it is served. */
public final class Sites {

  private final Map<String, Site> byHost = new LinkedHashMap<>();

  /**
   * @param identity who the host is
   * @param shown who it says it is, asked once for each connection
   */
  record Site(TlsIdentity identity, Supplier<TlsIdentity> shown, HttpService service) {}

  /** Adds a host; names are compared without regard to case. */
  public Sites add(String host, TlsIdentity identity, HttpService service) {
    return add(host, identity, () -> identity, service);
  }

  /**
   * Adds a host that does not always show the same certificate.
   *
   * @param identity who it is
   * @param shown who it says it is, asked once for each connection
   */
  public Sites add(
      String host, TlsIdentity identity, Supplier<TlsIdentity> shown, HttpService service) {
    if (byHost.put(host.toLowerCase(Locale.ROOT), new Site(identity, shown, service)) != null) {
      throw new IllegalArgumentException("two services at " + host);
    }
    return this;
  }

  /** All hosts, in lower case. */
  public Set<String> hosts() {
    return Set.copyOf(byHost.keySet());
  }

  Optional<Site> find(String host) {
    return Optional.ofNullable(byHost.get(host.toLowerCase(Locale.ROOT)));
  }
}
