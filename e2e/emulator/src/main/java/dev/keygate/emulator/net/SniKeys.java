package dev.keygate.emulator.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses the certificate by the name the client asks for; without a known name there is none. */
final class SniKeys extends X509ExtendedKeyManager {

  private final Sites sites;

  SniKeys(Sites sites) {
    this.sites = sites;
  }

  /** The name in the client's hello; empty text if it sent none. */
  static String requestedName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return "";
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    if (!keyType.equals("RSA") || !(socket instanceof SSLSocket tls)) {
      return null;
    }
    String name = requestedName(tls.getHandshakeSession());
    return sites.find(name).isPresent() ? name : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return sites
        .find(alias)
        .map(site -> site.identity().chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return sites.find(alias).map(site -> site.identity().key()).orElse(null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
