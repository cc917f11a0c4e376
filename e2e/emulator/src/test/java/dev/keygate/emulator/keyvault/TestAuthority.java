package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.time.TimeSource;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Consumer;

/** An attestation provider that signs whatever a test asks for. */
final class TestAuthority implements HttpService {

  static final String HOST = "sharedweu.weu.attest.azure.net";
  static final String ISSUER = "https://" + HOST;

  private final KeyPair signing;
  private final KeyPair uncertified;
  private final KeyPair environment;
  private final TimeSource time;

  TestAuthority(KeyPair signing, KeyPair uncertified, KeyPair environment, TimeSource time) {
    this.signing = signing;
    this.uncertified = uncertified;
    this.environment = environment;
    this.time = time;
  }

  /** A token that a policy of {@link VaultBench#policy} admits, but for the changes. */
  String token(Consumer<ObjectNode> claimChanges, Consumer<ObjectNode> headerChanges) {
    ObjectNode claims = claims();
    claimChanges.accept(claims);
    ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT").put("kid", "signing");
    headerChanges.accept(header);
    KeyPair key = header.path("kid").asText().equals("uncertified") ? uncertified : signing;
    return CompactJws.sign(header, claims, key.getPrivate());
  }

  String token() {
    return token(claims -> {}, header -> {});
  }

  private ObjectNode claims() {
    long now = time.now().getEpochSecond();
    ObjectNode claims = Json.object().put("iss", ISSUER).put("iat", now).put("nbf", now);
    claims.put("exp", now + 28_800).put("x-ms-attestation-type", "azurevm");
    claims
        .putObject("x-ms-isolation-tee")
        .put("x-ms-attestation-type", "sevsnpvm")
        .put("x-ms-compliance-status", "azure-compliant-cvm");
    claims.putObject("x-ms-runtime").putArray("keys").add(environmentJwk());
    return claims;
  }

  ObjectNode environmentJwk() {
    return environmentJwk(environment);
  }

  static ObjectNode environmentJwk(KeyPair pair) {
    ObjectNode jwk = Json.object().put("kid", "TpmEphemeralEncryptionKey").put("kty", "RSA");
    jwk.putArray("key_ops").add("encrypt");
    RsaJwk.put(jwk, (RSAPublicKey) pair.getPublic());
    return jwk;
  }

  KeyPair environment() {
    return environment;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    return switch (request.path()) {
      case "/.well-known/openid-configuration" ->
          HttpResponse.json(
              200, Json.object().put("issuer", ISSUER).put("jwks_uri", ISSUER + "/certs"));
      case "/certs" -> HttpResponse.json(200, keySet());
      default -> failure(404, "no such route");
    };
  }

  ObjectNode keySet() {
    ObjectNode certified = Json.object().put("kid", "signing").put("kty", "RSA");
    try {
      certified
          .putArray("x5c")
          .add(
              Base64Text.standard(
                  LabCertificates.selfSigned(ISSUER, signing, time.now()).getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
    ObjectNode bare = Json.object().put("kid", "uncertified").put("kty", "RSA");
    RsaJwk.put(bare, (RSAPublicKey) uncertified.getPublic());
    ObjectNode set = Json.object();
    set.putArray("keys").add(certified).add(bare);
    return set;
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return HttpResponse.text(status, sentence);
  }
}
