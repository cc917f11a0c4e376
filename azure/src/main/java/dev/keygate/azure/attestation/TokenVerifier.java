package dev.keygate.azure.attestation;

import dev.keygate.azure.attestation.TokenExpectations.TransferPublicKey;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.jose.VerifiedJws;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.ClaimsFormatException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Verifies an AzureGuest attestation token as a relying party must, before anybody else sees it: a
 * token that fails here would be for another guest, another time or from another issuer.
 */
public final class TokenVerifier {

  private static final String TRANSFER_KEY_ID = "TpmEphemeralEncryptionKey";

  /** What we call the key in the runtime data of an SNP report. */
  public static final String SNP_TRANSFER_KEY_ID = "KeygateTransferKey";

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private TokenVerifier() {}

  /**
   * Checks, in this order: the issuer is pinned; RS256 signature by a key that the issuer
   * publishes; {@code iss}; {@code nbf} and {@code exp}; the nonce; the transfer key.
   *
   * @param token what the authority issued
   * @param pinned the authorities that the release policy names
   * @param issuerKeys the keys of the authority that was asked
   * @param expected nonce, transfer key and time
   * @throws RefusedException {@code AttestationTokenInvalid}, naming the check that failed
   */
  public static VerifiedToken verify(
      AttestationToken token,
      Set<AuthorityEndpoint> pinned,
      IssuerKeys issuerKeys,
      TokenExpectations expected)
      throws RefusedException {
    return verify(new Asked(token, pinned, issuerKeys), expected, TokenVerifier::requireGuest);
  }

  /**
   * The same for a token about an SNP report: nonce and transfer key are in the runtime data, which
   * the processor has signed the digest of.
   *
   * @throws RefusedException {@code AttestationTokenInvalid}, naming the check that failed
   */
  public static VerifiedToken verifySevSnp(
      AttestationToken token,
      Set<AuthorityEndpoint> pinned,
      IssuerKeys issuerKeys,
      TokenExpectations expected)
      throws RefusedException {
    return verify(new Asked(token, pinned, issuerKeys), expected, TokenVerifier::requireSevSnp);
  }

  private record Asked(
      AttestationToken token, Set<AuthorityEndpoint> pinned, IssuerKeys issuerKeys) {}

  /** What the runtime claims must say. */
  private interface RuntimeCheck {
    void require(JsonMembers runtime, TokenExpectations expected)
        throws JsonFormatException, FailedCheck;
  }

  private static VerifiedToken verify(
      Asked asked, TokenExpectations expected, RuntimeCheck runtimeCheck) throws RefusedException {
    AttestationToken token = asked.token();
    IssuerKeys issuerKeys = asked.issuerKeys();
    AuthorityEndpoint issuer = issuerKeys.issuer();
    try {
      if (!asked.pinned().contains(issuer)) {
        throw new FailedCheck("issuer", "it is not among the pinned authorities");
      }
      VerifiedJws jws = issuerKeys.keys().verify(token.jws());
      JsonMembers payload = jws.payload();
      requireIssuer(payload, issuer);
      Instant expiresAt = requireInForce(payload, expected);
      runtimeCheck.require(payload.members("x-ms-runtime"), expected);
      String idHash = Bytes.ofUtf8(payload.text("jti")).sha256().hex();
      return new VerifiedToken(
          token,
          issuer,
          Claims.parse(jws.payloadText()),
          new VerifiedToken.Validity(expiresAt, idHash));
    } catch (JwsRefusedException refused) {
      throw invalid(issuer, refused.check().name(), refused.getMessage());
    } catch (JsonFormatException malformed) {
      throw invalid(issuer, "claims", malformed.getMessage());
    } catch (ClaimsFormatException malformed) {
      throw invalid(issuer, "claims", "malformed at " + malformed.position());
    } catch (FailedCheck failed) {
      throw invalid(issuer, failed.check, failed.found);
    }
  }

  private static void requireIssuer(JsonMembers payload, AuthorityEndpoint issuer)
      throws JsonFormatException, FailedCheck {
    try {
      AuthorityEndpoint claimed = AuthorityEndpoint.parse(payload.text("iss"));
      if (!claimed.equals(issuer)) {
        throw new FailedCheck("iss", "it was issued by " + claimed);
      }
    } catch (EndpointFormatException noAuthority) {
      throw new FailedCheck("iss", "it names no attestation authority");
    }
  }

  private static Instant requireInForce(JsonMembers payload, TokenExpectations expected)
      throws JsonFormatException, FailedCheck {
    Instant notBefore = instant(payload, "nbf");
    Instant expiresAt = instant(payload, "exp");
    Instant now = expected.now();
    if (now.plus(expected.skew()).isBefore(notBefore)) {
      throw new FailedCheck("nbf", "it is in force from " + notBefore + " on and now is " + now);
    }
    if (!now.minus(expected.skew()).isBefore(expiresAt)) {
      throw new FailedCheck("exp", "it was in force until " + expiresAt + " and now is " + now);
    }
    return expiresAt;
  }

  private static Instant instant(JsonMembers payload, String name)
      throws JsonFormatException, FailedCheck {
    long seconds = payload.number(name);
    if (seconds < 0 || seconds > LAST_SECOND) {
      throw new FailedCheck(name, "it is no time");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static void requireGuest(JsonMembers runtime, TokenExpectations expected)
      throws JsonFormatException, FailedCheck {
    byte[] nonce = expected.nonce().getBytes(StandardCharsets.UTF_8);
    requireNonce(
        Base64.getEncoder().encodeToString(nonce), runtime.members("client-payload").text("nonce"));
    requireTransferKey(runtime, TRANSFER_KEY_ID, expected.transferKey());
  }

  private static void requireSevSnp(JsonMembers runtime, TokenExpectations expected)
      throws JsonFormatException, FailedCheck {
    requireNonce(expected.nonce(), runtime.text("nonce"));
    requireTransferKey(runtime, SNP_TRANSFER_KEY_ID, expected.transferKey());
  }

  private static void requireNonce(String sent, String found) throws FailedCheck {
    boolean isOurs =
        MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    if (!isOurs) {
      throw new FailedCheck("nonce", "it does not carry the nonce that was sent");
    }
  }

  private static void requireTransferKey(JsonMembers runtime, String keyId, TransferPublicKey ours)
      throws JsonFormatException, FailedCheck {
    List<JsonMembers> keys = runtime.list("keys");
    if (keys.isEmpty()
        || !keys.getFirst().text("kid").equals(keyId)
        || !keys.getFirst().text("kty").equals("RSA")) {
      throw new FailedCheck("transfer key", "its first key is not the RSA key " + keyId);
    }
    if (!number(keys.getFirst(), "n").equals(ours.modulus())
        || !number(keys.getFirst(), "e").equals(ours.exponent())) {
      throw new FailedCheck(
          "transfer key", "it carries another key than the one certified in the evidence");
    }
  }

  private static BigInteger number(JsonMembers key, String name)
      throws JsonFormatException, FailedCheck {
    Bytes octets =
        Base64Url.decode(key.text(name))
            .orElseThrow(() -> new FailedCheck("transfer key", name + " is not base64url"));
    return new BigInteger(1, octets.toArray());
  }

  private static RefusedException invalid(AuthorityEndpoint issuer, String check, String found) {
    return new RefusedException(
        Reason.AttestationTokenInvalid,
        "the attestation token of " + issuer + " failed the check of " + check + ": " + found);
  }

  /** Ends the verification; the outside sees a refusal. */
  private static final class FailedCheck extends Exception {
    private static final long serialVersionUID = 1L;
    private final String check;
    private final String found;

    FailedCheck(String check, String found) {
      super(found);
      this.check = check;
      this.found = found;
    }
  }
}
