package dev.keygate.sidecar.keyvault;

import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.jose.TrustRoots;
import dev.keygate.azure.jose.VerifiedCertificate;
import dev.keygate.azure.jose.VerifiedJws;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.unwrap.KeyDescription;
import dev.keygate.sidecar.unwrap.KeyHsmBlob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Verifies that an envelope is the vault's answer to our request: TLS alone would let whoever
 * terminates it answer with a key of their own.
 */
public final class EnvelopeVerifier {

  private final TrustRoots roots;

  /**
   * @param roots at which the certificates of an envelope may end; what it brings along counts for
   *     nothing
   */
  public EnvelopeVerifier(TrustRoots roots) {
    this.roots = roots;
  }

  /**
   * Makes every check of {@link EnvelopeCheck}, in that order.
   *
   * @throws RefusedException {@code EnvelopeInvalid}, its cause an {@link
   *     EnvelopeRefusedException}; {@code UnwrapFailed} if the wrapped key inside is malformed
   */
  public VerifiedEnvelope verify(ReleaseEnvelope envelope, ReleaseRequest request, Instant now)
      throws RefusedException {
    try {
      JsonMembers payload = verifySignature(envelope, request, now).payload();
      requireEcho(payload.members("request"), request);
      JsonMembers key = payload.members("response").members("key").members("key");
      KeyIdentifier released = requireReleased(key, request);
      KeyDescription description =
          new KeyDescription(released, AnnouncedKeys.read(key), key.texts("key_ops"));
      KeyHsmBlob wrappedKey = KeyHsmBlob.parse(key.text("key_hsm"));
      require(
          EnvelopeCheck.WRAPPED_KEY,
          wrappedKey.encryption() == request.encryption(),
          "the wrapped key says that it is wrapped otherwise than was asked");
      return new VerifiedEnvelope(description, wrappedKey);
    } catch (JsonFormatException malformed) {
      throw invalid(
          request, new EnvelopeRefusedException(EnvelopeCheck.FORMAT, malformed.getMessage()));
    } catch (EnvelopeRefusedException refused) {
      throw invalid(request, refused);
    }
  }

  private VerifiedJws verifySignature(ReleaseEnvelope envelope, ReleaseRequest request, Instant now)
      throws EnvelopeRefusedException {
    try {
      VerifiedCertificate signer =
          envelope.jws().unverifiedChain().verify(roots, now, request.key().vault().hostName());
      return envelope.jws().verify(signer);
    } catch (JwsRefusedException refused) {
      EnvelopeCheck check =
          switch (refused.check()) {
            case CHAIN -> EnvelopeCheck.CHAIN;
            case HOST -> EnvelopeCheck.HOST;
            case SIGNATURE -> EnvelopeCheck.SIGNATURE;
            case SIZE, FORMAT, ALGORITHM, CRITICAL_HEADER, KEY_ID, CERTIFICATE ->
                EnvelopeCheck.FORMAT;
          };
      throw new EnvelopeRefusedException(check, refused.getMessage());
    }
  }

  private static void requireEcho(JsonMembers echo, ReleaseRequest request)
      throws JsonFormatException, EnvelopeRefusedException {
    require(
        EnvelopeCheck.REQUESTED_KEY,
        identifier(EnvelopeCheck.REQUESTED_KEY, echo.text("kid")).equals(request.key()),
        "it answers a request for another key");
    byte[] nonce = echo.optionalText("nonce").orElse("").getBytes(StandardCharsets.UTF_8);
    require(
        EnvelopeCheck.NONCE,
        MessageDigest.isEqual(nonce, request.nonce().text().getBytes(StandardCharsets.UTF_8)),
        "it does not carry the nonce of this request");
    require(
        EnvelopeCheck.ENCRYPTION,
        echo.text("enc").equals(request.encryption().name()),
        "it was wrapped otherwise than was asked");
  }

  private static KeyIdentifier requireReleased(JsonMembers key, ReleaseRequest request)
      throws JsonFormatException, EnvelopeRefusedException {
    KeyIdentifier released = identifier(EnvelopeCheck.RELEASED_KEY, key.text("kid"));
    boolean isAsked =
        released.base().equals(request.key().base())
            && released.version().isPresent()
            && (request.key().version().isEmpty() || released.equals(request.key()));
    require(EnvelopeCheck.RELEASED_KEY, isAsked, "it carries another key or version");
    return released;
  }

  private static KeyIdentifier identifier(EnvelopeCheck check, String text)
      throws EnvelopeRefusedException {
    try {
      return KeyIdentifier.parse(text);
    } catch (EndpointFormatException malformed) {
      throw new EnvelopeRefusedException(check, String.valueOf(malformed.getMessage()));
    }
  }

  private static void require(EnvelopeCheck check, boolean holds, String found)
      throws EnvelopeRefusedException {
    if (!holds) {
      throw new EnvelopeRefusedException(check, found);
    }
  }

  private static RefusedException invalid(
      ReleaseRequest request, EnvelopeRefusedException refused) {
    return new RefusedException(
        Reason.EnvelopeInvalid,
        "The release envelope for "
            + request.key()
            + " failed the check "
            + refused.check()
            + ": "
            + refused.getMessage()
            + "; the key is not used.",
        refused);
  }
}
