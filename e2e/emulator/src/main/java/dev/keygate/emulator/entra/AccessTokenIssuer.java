package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.time.TimeSource;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Signs the tenant's access tokens (version 1.0 claims). Safe for use by several threads. */
public final class AccessTokenIssuer {

  private final UUID tenantId;
  private final TlsIdentity signer;
  private final String keyId;
  private final TimeSource time;

  /**
   * @param signer the tenant's signing key and its certificate
   */
  public AccessTokenIssuer(UUID tenantId, TlsIdentity signer, TimeSource time) {
    this.tenantId = tenantId;
    this.signer = signer;
    this.time = time;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(signer.chain().getFirst().getEncoded());
      this.keyId = Base64Text.url(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token, with the times that its answer repeats. */
  public IssuedToken issue(ServicePrincipal principal, Audience audience, Duration lifetime) {
    Instant now = Instant.ofEpochSecond(time.now().getEpochSecond());
    ObjectNode header = Json.object().put("typ", "JWT").put("alg", "RS256");
    header.put("x5t", keyId).put("kid", keyId);
    ObjectNode claims = Json.object();
    claims.put("aud", audience.resource()).put("iss", issuer(tenantId));
    claims.put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(lifetime).getEpochSecond());
    claims.put("appid", principal.clientId().toString()).put("appidacr", "2");
    claims.put("idp", issuer(tenantId)).put("idtyp", "app");
    claims.put("oid", principal.objectId().toString());
    claims.put("sub", principal.objectId().toString());
    claims.put("tid", tenantId.toString()).put("uti", UUID.randomUUID().toString());
    claims.put("ver", "1.0");
    return new IssuedToken(CompactJws.sign(header, claims, signer.key()), now, now.plus(lifetime));
  }

  /** What {@code iss} says in a tenant's tokens. */
  public static String issuer(UUID tenantId) {
    return "https://sts.windows.net/" + tenantId + "/";
  }

  /** The address whose OpenID Connect metadata leads to the keys of a cloud's tenant. */
  static String authority(Cloud cloud, UUID tenantId) {
    return "https://" + cloud.loginHosts().getFirst() + "/" + tenantId + "/v2.0";
  }

  /** The tenant's key set as JSON. */
  ObjectNode keySet() {
    ObjectNode jwk = Json.object().put("kty", "RSA").put("use", "sig").put("kid", keyId);
    jwk.put("x5t", keyId);
    X509Certificate certificate = signer.chain().getFirst();
    RsaJwk.put(jwk, (RSAPublicKey) certificate.getPublicKey());
    try {
      jwk.putArray("x5c").add(Base64Text.standard(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    ObjectNode set = Json.object();
    set.putArray("keys").add(jwk);
    return set;
  }
}
