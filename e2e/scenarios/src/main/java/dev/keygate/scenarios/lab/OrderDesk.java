package dev.keygate.scenarios.lab;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

/**
 * Whoever takes orders: encrypts them to the public half that the vault tells everybody who may
 * read the key. It never has the private half.
 */
public final class OrderDesk {

  private static final Upstream VAULT =
      new Upstream("the vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);

  private final AzureNetwork network;
  private final String clientId;
  private final TimeSource time;

  /** One that asks the vault as this managed identity. */
  public OrderDesk(AzureNetwork network, String clientId, TimeSource time) {
    this.network = network;
    this.clientId = clientId;
    this.time = time;
  }

  /** The order as a compact JWE. */
  public String encrypt(String order, URI key) throws Surprise, InterruptedException {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM),
              new Payload(order));
      jwe.encrypt(new RSAEncrypter(publicHalf(key)));
      return jwe.serialize();
    } catch (JOSEException | ParseException | FailureException e) {
      throw new Surprise("the order cannot be encrypted: " + e.getMessage(), e);
    }
  }

  private RSAKey publicHalf(URI key)
      throws FailureException, InterruptedException, ParseException, JOSEException {
    try (JavaHttpExchange azure = JavaHttpExchange.overTls(network, Timeouts.LOCAL);
        JavaHttpExchange imds = JavaHttpExchange.toImds(network, Timeouts.LOCAL)) {
      BearerToken token =
          ManagedIdentity.withClientId(new ImdsEndpoint(network.imdsBase(), imds), clientId, time)
              .token(new Audience("https://vault.azure.net"));
      Call call = token.authorize(Call.get(URI.create(key + "?api-version=7.4")));
      Answer answer = azure.send(VAULT, call);
      Map<String, Object> bundle =
          JSONObjectUtils.parse(new String(answer.body().toArray(), StandardCharsets.UTF_8));
      Map<String, Object> jwk = JSONObjectUtils.getJSONObject(bundle, "key");
      return new RSAKey.Builder(
              com.nimbusds.jose.util.Base64URL.from((String) jwk.get("n")),
              com.nimbusds.jose.util.Base64URL.from((String) jwk.get("e")))
          .build();
    }
  }
}
