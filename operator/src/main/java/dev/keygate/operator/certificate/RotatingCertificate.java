package dev.keygate.operator.certificate;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives a TLS server the newest certificate for every handshake. A handshake asks in three calls;
 * the one before the newest is kept for those that are under way. Safe for use by several threads.
 */
public final class RotatingCertificate extends X509ExtendedKeyManager {

  private volatile List<ServingMaterial> newestFirst = List.of();

  /** Shows this one from now on. */
  synchronized void show(ServingMaterial material) {
    newestFirst = Stream.concat(Stream.of(material), newestFirst.stream().limit(1)).toList();
  }

  /** What is shown. */
  Optional<ServingMaterial> shown() {
    return newestFirst.stream().findFirst();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return find(alias).map(found -> found.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return find(alias).map(ServingMaterial::key).orElse(null);
  }

  /** This is no client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  /** This is no client. */
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private @Nullable String alias(String keyType) {
    return shown()
        .filter(material -> material.key().getAlgorithm().equals(keyType))
        .map(RotatingCertificate::aliasOf)
        .orElse(null);
  }

  private Optional<ServingMaterial> find(String alias) {
    return newestFirst.stream().filter(material -> aliasOf(material).equals(alias)).findFirst();
  }

  private static String aliasOf(ServingMaterial material) {
    return material.certificate().getSerialNumber().toString(16);
  }
}
