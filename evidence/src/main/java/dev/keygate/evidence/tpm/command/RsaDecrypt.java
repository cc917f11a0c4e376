package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_RSA_Decrypt with an empty label.
 *
 * @param key the decryption key
 * @param authorization a policy session that satisfies the key's policy, or a password
 * @param cipherText as long as the modulus
 * @param scheme the padding
 */
public record RsaDecrypt(
    TpmHandle key, TpmAuthorization authorization, Bytes cipherText, RsaScheme scheme)
    implements TpmCommand<DecryptedMessage> {

  static final int MAX_CIPHER_TEXT_BYTES = 512;

  /** Behind tag, size, code, parameterSize and the message's own size. */
  private static final int MESSAGE_OFFSET = 16;

  public RsaDecrypt {
    if (cipherText.size() > MAX_CIPHER_TEXT_BYTES) {
      throw new IllegalArgumentException("a cipher text has at most 512 bytes");
    }
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.RSA_DECRYPT;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(key);
  }

  @Override
  public List<TpmAuthorization> authorizations() {
    return List.of(authorization);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(cipherText);
    scheme.writeTo(out);
    out.u16(0);
  }

  @Override
  public DecryptedMessage readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    Bytes message = parameters.sized16(MAX_CIPHER_TEXT_BYTES, "message");
    return DecryptedMessage.takeOwnershipOf(message.toArray());
  }

  /**
   * Reads the answer without keeping a copy of the plaintext: everything behind the fixed fields is
   * masked before the ordinary reading, which then only proves that the sizes are consistent.
   */
  @Override
  public TpmReply<DecryptedMessage> parseReply(byte[] response) throws EvidenceFormatException {
    byte[] masked = new byte[response.length];
    System.arraycopy(response, 0, masked, 0, Math.min(MESSAGE_OFFSET, response.length));
    return switch (TpmCommand.super.parseReply(masked)) {
      case TpmReply.Failure<DecryptedMessage> failure -> failure;
      case TpmReply.Success<DecryptedMessage>(DecryptedMessage blank) -> {
        requireSessionsTag(response);
        yield new TpmReply.Success<>(
            DecryptedMessage.copyOf(response, MESSAGE_OFFSET, blank.sizeBytes()));
      }
    };
  }

  private static void requireSessionsTag(byte[] response) throws EvidenceFormatException {
    int tag = ((response[0] & 0xFF) << 8) | (response[1] & 0xFF);
    if (tag != ResponseFrame.SESSIONS) {
      throw new EvidenceFormatException(
          ResponseFrame.FORMAT, 0, "tag", "8002", Integer.toHexString(tag));
    }
  }
}
