package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;

/**
 * Reads commands as a TPM does, for software that plays one. Any bytes give a command or the
 * response code that a TPM would answer.
 */
public final class TpmCommandParser {

  private TpmCommandParser() {}

  /** Reads one whole command. */
  public static ParsedCommand parse(Bytes bytes) {
    try {
      CommandFrame frame = CommandFrame.parse(bytes);
      ParameterCursor parameters = new ParameterCursor(frame.parameters());
      TpmCommand<?> command = command(frame, parameters);
      parameters.requireExhausted();
      return new ParsedCommand.Understood(command, frame.authorizations());
    } catch (MalformedCommandException malformed) {
      return new ParsedCommand.Malformed(malformed.code());
    }
  }

  private static TpmCommand<?> command(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    return switch (frame.code()) {
      case NV_UNDEFINE_SPACE -> new NvUndefineSpace(handle(frame, 1));
      case NV_DEFINE_SPACE -> nvDefineSpace(in);
      case NV_WRITE -> nvWrite(frame, in);
      case NV_READ ->
          new NvRead(handle(frame, 0), handle(frame, 1), in.u16("size"), in.u16("offset"));
      case NV_READ_PUBLIC -> new NvReadPublic(handle(frame, 0));
      case READ_PUBLIC -> new ReadPublic(handle(frame, 0));
      case CREATE_PRIMARY -> createPrimary(frame, in);
      case CERTIFY -> certify(frame, in);
      case QUOTE -> quote(frame, in);
      case RSA_DECRYPT -> rsaDecrypt(frame, in);
      case FLUSH_CONTEXT -> new FlushContext(in.handle("flushHandle"));
      case START_AUTH_SESSION -> startAuthSession(frame, in);
      case POLICY_PCR -> policyPcr(frame, in);
      case POLICY_GET_DIGEST -> new PolicyGetDigest(handle(frame, 0));
      case GET_RANDOM -> new GetRandom(in.u16("bytesRequested"));
      case PCR_READ -> new PcrRead(in.read(PcrSelection::readFrom));
      case PCR_EXTEND -> pcrExtend(frame, in);
    };
  }

  private static NvDefineSpace nvDefineSpace(ParameterCursor in) throws MalformedCommandException {
    in.emptySized16("auth");
    return new NvDefineSpace(in.read(NvPublic::readSizedFrom));
  }

  private static NvWrite nvWrite(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    Bytes content = in.sized16(NvWrite.MAX_CONTENT_BYTES, "data");
    return new NvWrite(handle(frame, 0), handle(frame, 1), content, in.u16("offset"));
  }

  private static CreatePrimary createPrimary(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    in.read(TpmCommandParser::requireEmptySensitive);
    TpmPublic template = in.read(TpmPublic::readSizedFrom);
    in.emptySized16("outsideInfo");
    return new CreatePrimary(handle(frame, 0), template, in.read(PcrSelection::readFrom));
  }

  /** TPM2B_SENSITIVE_CREATE without password and data, the only kind that is understood. */
  private static NoResult requireEmptySensitive(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    Bytes sensitive = in.sized16(4, "inSensitive");
    if (sensitive.size() != 4 || !sensitive.isZero()) {
      throw in.invalid(start, "inSensitive", "an empty password and no data", "something else");
    }
    return NoResult.DONE;
  }

  private static Certify certify(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    Bytes qualifyingData = in.sized16(SignedAttests.MAX_QUALIFYING_DATA_BYTES, "qualifyingData");
    in.signatureScheme();
    return new Certify(handle(frame, 0), handle(frame, 1), qualifyingData);
  }

  private static Quote quote(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    Bytes qualifyingData = in.sized16(SignedAttests.MAX_QUALIFYING_DATA_BYTES, "qualifyingData");
    in.signatureScheme();
    return new Quote(handle(frame, 0), qualifyingData, in.read(PcrSelection::readFrom));
  }

  private static RsaDecrypt rsaDecrypt(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    Bytes cipherText = in.sized16(RsaDecrypt.MAX_CIPHER_TEXT_BYTES, "cipherText");
    RsaScheme scheme = in.read(RsaScheme::readFrom);
    in.emptySized16("label");
    return new RsaDecrypt(handle(frame, 0), frame.authorizations().getFirst(), cipherText, scheme);
  }

  private static StartAuthSession startAuthSession(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    for (int i = 0; i < 2; i++) {
      if (!handle(frame, i).equals(TpmHandle.NULL_HIERARCHY)) {
        throw new MalformedCommandException(TpmResponseCode.ofHandle(TpmError.VALUE, i + 1));
      }
    }
    Bytes nonce = in.read(StartAuthSession::readNonce);
    in.emptySized16("encryptedSalt");
    StartAuthSession.SessionKind kind = in.read(StartAuthSession::readKind);
    in.read(StartAuthSession::requireNoSymmetric);
    in.read(StartAuthSession::requireSha256);
    return new StartAuthSession(kind, nonce);
  }

  private static PolicyPcr policyPcr(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    Bytes digest = in.read(PolicyPcr::readDigest);
    return new PolicyPcr(handle(frame, 0), digest, in.read(PcrSelection::readFrom));
  }

  private static PcrExtend pcrExtend(CommandFrame frame, ParameterCursor in)
      throws MalformedCommandException {
    int index = handle(frame, 0).value();
    if (index < 0 || index >= PcrSelection.PCR_COUNT) {
      throw new MalformedCommandException(TpmResponseCode.ofHandle(TpmError.VALUE, 1));
    }
    return new PcrExtend(index, in.read(PcrExtend::readDigest));
  }

  private static TpmHandle handle(CommandFrame frame, int index) {
    return frame.handles().get(index);
  }
}
