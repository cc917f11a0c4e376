package dev.keygate.sidecar.localapi;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.ClientPayload;
import dev.keygate.sidecar.wire.JsonText;
import dev.keygate.sidecar.wire.LocalAnswer;
import java.util.Optional;
import java.util.Set;

/**
 * A call for a token that the caller shows to its own relying parties. What it can choose is a
 * nonce and what a digest is made of, and neither is a key.
 *
 * @param nonce the relying party's
 * @param userData what the token carries the digest of
 */
record AttestCall(String nonce, Optional<Bytes> userData) {

  private static final int LARGEST_USER_DATA_BYTES = 4096;
  private static final Set<String> MEMBERS = Set.of("nonce", "userData");

  static AttestCall parse(Bytes body) throws ApiRefusal {
    try {
      JsonMembers members = JsonMembers.parse(body);
      String nonce = members.text("nonce");
      Optional<Bytes> userData = members.optionalText("userData").map(Bytes::ofUtf8);
      boolean isKnown = MEMBERS.containsAll(members.object().members().keySet());
      if (isKnown
          && ClientPayload.isNonce(nonce)
          && userData.filter(data -> data.size() > LARGEST_USER_DATA_BYTES).isEmpty()) {
        return new AttestCall(nonce, userData);
      }
    } catch (JsonFormatException malformed) {
      throw malformed();
    }
    throw malformed();
  }

  /** Waits for the TPM and for the authority. */
  LocalAnswer answer(AppAttestation apps) throws ApiRefusal, InterruptedException {
    try {
      VerifiedToken token = apps.attest(nonce, userData);
      return JsonAnswer.ok(
          JsonText.object(
              json -> {
                json.writeStringField("token", token.token().reveal());
                json.writeStringField("authority", token.issuer().toString());
                json.writeStringField("expiresAt", token.expiresAt().toString());
                if (userData.isPresent()) {
                  json.writeStringField("userDataSha256", userData.get().sha256().hex());
                }
              }));
    } catch (FailureException failure) {
      throw new ApiRefusal(Problems.of(failure));
    }
  }

  private static ApiRefusal malformed() {
    return new ApiRefusal(
        ApiCode.BodyMalformed,
        "The body is an object with nonce, 8 to 256 visible ASCII characters, and perhaps userData,"
            + " a text of up to "
            + LARGEST_USER_DATA_BYTES
            + " bytes.");
  }
}
