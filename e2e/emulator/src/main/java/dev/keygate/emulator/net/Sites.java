package dev.keygate.emulator.net;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hosts that exist in the lab. Not changed once it is served. */
public final class Sites {

  private final Map<String, Site> byHost = new LinkedHashMap<>();

  record Site(TlsIdentity identity, HttpService service) {}

  /** Adds a host; names are compared without regard to case. */
  public Sites add(String host, TlsIdentity identity, HttpService service) {
    if (byHost.put(host.toLowerCase(Locale.ROOT), new Site(identity, service)) != null) {
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
