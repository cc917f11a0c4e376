package dev.keygate.sidecar.testing;

import dev.keygate.azure.attestation.AttestationToken;
import dev.keygate.azure.attestation.IssuerKeys;
import dev.keygate.azure.attestation.TokenExpectations;
import dev.keygate.azure.attestation.TokenVerifier;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.jose.Jwks;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Set;

/** Issues tokens for the transfer key of {@link Keys} and has them verified. */
public final class TestAuthority {

  /** Who issues. */
  public static final AuthorityEndpoint ENDPOINT =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");

  private static final KeyPair SIGNER = Keys.OTHER;

  private TestAuthority() {}

  /** A verified token with one more top-level claim. */
  public static VerifiedToken token(String moreClaims) {
    try {
      RSAPublicKey transfer = Keys.publicKey(Keys.TRANSFER);
      return TokenVerifier.verify(
          AttestationToken.parse(sign(moreClaims, transfer)),
          Set.of(ENDPOINT),
          new IssuerKeys(ENDPOINT, jwks()),
          new TokenExpectations(
              "nonce",
              new TokenExpectations.TransferPublicKey(
                  transfer.getModulus(), transfer.getPublicExponent()),
              FakeTime.START,
              Duration.ZERO));
    } catch (JwsRefusedException | RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Jwks jwks() throws JwsRefusedException {
    RSAPublicKey key = Keys.publicKey(SIGNER);
    return Jwks.parse(
        Bytes.ofUtf8(
            """
            {"keys":[{"kid":"k","kty":"RSA","n":"%s","e":"%s"}]}
            """
                .formatted(Jws.number(key.getModulus()), Jws.number(key.getPublicExponent()))));
  }

  private static String sign(String moreClaims, RSAPublicKey transfer) {
    long now = FakeTime.START.getEpochSecond();
    String payload =
        """
        {"iss":"%s","jti":"1","nbf":%d,"exp":%d,%s
         "x-ms-runtime":{"client-payload":{"nonce":"bm9uY2U="},
           "keys":[{"kid":"TpmEphemeralEncryptionKey","kty":"RSA","n":"%s","e":"%s"}]}}
        """
            .formatted(
                ENDPOINT,
                now - 60,
                now + 28_740,
                moreClaims,
                Jws.number(transfer.getModulus()),
                Jws.number(transfer.getPublicExponent()));
    return Jws.sign("{\"alg\":\"RS256\",\"kid\":\"k\"}", payload, SIGNER.getPrivate());
  }
}
