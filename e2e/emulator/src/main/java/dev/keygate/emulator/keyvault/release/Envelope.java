package dev.keygate.emulator.keyvault.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.endpoint.VaultKind;
import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * The signed answer of release: a JWS with the members that recorded answers have. Key Vault names
 * its certificate by three digests, Managed HSM by one.
 */
final class Envelope {

  private final TlsIdentity signer;
  private final KeyJson json;
  // The same in every envelope; the certificates in it are most of its text.
  private final String header;

  Envelope(VaultKind kind, TlsIdentity signer, KeyJson json) {
    this.signer = signer;
    this.json = json;
    this.header = CompactJws.encoded(header(kind, signer));
  }

  /**
   * What the envelope repeats of the request.
   *
   * @param apiVersion as sent
   * @param identifier the key as requested, without version where there was none
   */
  record Echo(String apiVersion, String identifier, ReleaseRequest request) {}

  String seal(Echo echo, VaultKey key, KeyVersion version, ObjectNode keyHsm) {
    ObjectNode payload = Json.object();
    ObjectNode request = payload.putObject("request").put("api-version", echo.apiVersion());
    request.put("enc", echo.request().algorithm().wireName()).put("kid", echo.identifier());
    echo.request().nonce().ifPresent(nonce -> request.put("nonce", nonce));
    ObjectNode bundle = payload.putObject("response").putObject("key");
    ObjectNode jwk = json.jwk(key, version);
    jwk.put("key_hsm", Base64Text.url(keyHsm.toString().getBytes(UTF_8)));
    bundle.set("key", jwk);
    bundle.set("attributes", json.attributes(key, version));
    json.putTags(bundle, version);
    bundle.set("release_policy", json.policy(key.policy().orElseThrow()));
    return CompactJws.sign(header, payload, signer.key());
  }

  /** The wrapped key's own JSON. */
  static ObjectNode keyHsm(EnvironmentKey target, WrapAlgorithm algorithm, Bytes ciphertext) {
    ObjectNode blob = Json.object().put("schema_version", "1.0");
    ObjectNode header = blob.putObject("header").put("kid", target.kid()).put("alg", "dir");
    header.put("enc", algorithm.wireName());
    return blob.put("ciphertext", Base64Text.url(ciphertext.toArray()));
  }

  private static ObjectNode header(VaultKind kind, TlsIdentity signer) {
    try {
      byte[] leaf = signer.chain().getFirst().getEncoded();
      byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(leaf);
      String sha256 = Base64Text.url(MessageDigest.getInstance("SHA-256").digest(leaf));
      ObjectNode header = Json.object().put("alg", "RS256");
      switch (kind) {
        case VAULT -> {
          header.put("typ", "JWT").put("kid", HexFormat.of().withUpperCase().formatHex(sha1));
          header.put("x5t", Base64Text.url(sha1));
        }
        case MANAGED_HSM -> header.put("kid", sha256);
      }
      header.put("x5t#S256", sha256);
      for (X509Certificate certificate : signer.chain()) {
        header.withArray("x5c").add(Base64Text.standard(certificate.getEncoded()));
      }
      return header;
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the vault's certificate has no encoding", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks SHA-1 or SHA-256", e);
    }
  }
}
