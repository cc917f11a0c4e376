package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.GetRandom;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.NvUndefineSpace;
import dev.keygate.evidence.tpm.command.NvWrite;
import dev.keygate.evidence.tpm.command.PcrExtend;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PolicyGetDigest;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.StartAuthSession.SessionKind;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import dev.keygate.evidence.tpm.command.TpmCommand;
import dev.keygate.evidence.tpm.command.TpmReply;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the sidecar asks its TPM, what it could get wrong, and what the TPM says, a line each. Where
 * randomness is meant a line says what holds instead: that a signature verifies, that a name is the
 * key's.
 */
final class GuestTranscript {

  private static final Bytes DIGEST = Bytes.fromHex("5a".repeat(32));
  private static final Bytes UNIQUE = Bytes.fromHex("17".repeat(32));
  private static final Bytes NONCE = Bytes.zeros(20);
  private static final PcrSelection FIRMWARE = PcrSelection.FIRMWARE;
  private static final TpmHandle NOBODY = new TpmHandle(0x81000004);
  private static final TpmHandle NOT_LOADED = new TpmHandle(0x80000002);

  private static final int MOST_ATTEMPTS = 5;

  private final TpmClient tpm;
  private final List<String> lines = new ArrayList<>();

  private GuestTranscript(TpmClient tpm) {
    this.tpm = tpm;
  }

  /** Says how a result is written. */
  private interface Show<R> {
    String of(R result) throws Exception;
  }

  static List<String> of(TpmClient tpm) throws Exception {
    GuestTranscript transcript = new GuestTranscript(tpm);
    transcript.readReport();
    transcript.keepUserData();
    TpmPublic attestationKey = transcript.quote();
    CreatedPrimary key = transcript.makeTransferKey(attestationKey);
    transcript.decrypt(key);
    transcript.decryptOtherwise(key);
    transcript.decryptBetweenExtends(key);
    transcript.forget(key);
    transcript.sendWhatIsNoCommand();
    return List.copyOf(transcript.lines);
  }

  private void readReport() throws Exception {
    TpmHandle report = AzureTpm.HCL_REPORT;
    ask("the report's size", new NvReadPublic(report), space -> "" + space.dataSizeBytes());
    ask("its first part", NvRead.asOwner(report, 1024, 0), part -> part.sha256().toString());
    ask("its last part", NvRead.asOwner(report, 976, 1024), part -> part.sha256().toString());
    ask("a part by its own password", new NvRead(report, report, 8, 0), Bytes::toString);
    ask("a part beyond the buffer", NvRead.asOwner(report, 1025, 0), Bytes::toString);
    ask("a part beyond the end", NvRead.asOwner(report, 1024, 1024), Bytes::toString);
    ask("a part by another", new NvRead(TpmHandle.ENDORSEMENT, report, 4, 0), Bytes::toString);
    ask("no index", new NvReadPublic(AzureTpm.AK_CERTIFICATE), NvPublic::toString);
    ask("a part of none", NvRead.asOwner(AzureTpm.AK_CERTIFICATE, 16, 0), Bytes::toString);
    ask("overwriting the report", NvWrite.asOwner(report, DIGEST, 0), done -> "done");
    ask("removing the report", new NvUndefineSpace(report), done -> "done");
  }

  private void keepUserData() throws Exception {
    TpmHandle index = AzureTpm.USER_DATA;
    NvDefineSpace define =
        new NvDefineSpace(new NvPublic(index, NvPublic.OWNER_AND_AUTH_READ_WRITE, Bytes.EMPTY, 64));
    ask("defining user data", define, done -> "done");
    ask("defining it again", define, done -> "done");
    ask("reading what was not written", NvRead.asOwner(index, 64, 0), Bytes::toString);
    ask("writing a half", NvWrite.asOwner(index, DIGEST, 0), done -> "done");
    ask("writing beyond", NvWrite.asOwner(index, DIGEST, 33), done -> "done");
    ask("reading it", NvRead.asOwner(index, 64, 0), Bytes::toString);
    ask("its attributes", new NvReadPublic(index), NvPublic::toString);
    ask("removing it", new NvUndefineSpace(index), done -> "done");
    ask("reading what was removed", NvRead.asOwner(index, 64, 0), Bytes::toString);
  }

  private TpmPublic quote() throws Exception {
    TpmPublic key = must("the attestation key", new ReadPublic(AzureTpm.ATTESTATION_KEY)).area();
    lines.add("it is " + shape(key));
    ask("a key that is not there", new ReadPublic(NOBODY), found -> shape(found.area()));
    ask("PCRs", new PcrRead(FIRMWARE), read -> read.values().digest().toString());
    ask("all PCRs", new PcrRead(new PcrSelection(0xFFFFFF)), r -> r.values().selection() + "");
    Show<SignedAttest> statement = signed -> TpmStatements.describe(signed, key, key);
    ask("a quote", new Quote(AzureTpm.ATTESTATION_KEY, Bytes.EMPTY, FIRMWARE), statement);
    ask("a quote over data", new Quote(AzureTpm.ATTESTATION_KEY, NONCE, FIRMWARE), statement);
    ask("a quote by nobody", new Quote(NOBODY, Bytes.EMPTY, FIRMWARE), statement);
    return key;
  }

  private CreatedPrimary makeTransferKey(TpmPublic attestationKey) throws Exception {
    CreatePrimary create = create(UNIQUE);
    CreatedPrimary key = must("a transfer key", create);
    lines.add("it is " + shape(key.area()) + ", named so: " + key.name().equals(key.area().name()));
    CreatedPrimary again = must("the same one", create);
    lines.add("it is the same: " + again.area().equals(key.area()));
    ask("forgetting it", new FlushContext(again.handle()), done -> "done");
    CreatedPrimary other = must("another one", create(Bytes.zeros(256)));
    lines.add("it is the same: " + other.area().unique().equals(key.area().unique()));
    ask("forgetting it", new FlushContext(other.handle()), done -> "done");
    ask("reading it", new ReadPublic(key.handle()), found -> "" + found.area().equals(key.area()));
    Show<SignedAttest> statement =
        signed -> TpmStatements.describe(signed, attestationKey, key.area());
    TpmHandle signer = AzureTpm.ATTESTATION_KEY;
    ask("its certification", new Certify(key.handle(), signer, Bytes.EMPTY), statement);
    ask("that of no object", new Certify(NOT_LOADED, signer, Bytes.EMPTY), statement);
    ask("that by nobody", new Certify(key.handle(), NOBODY, Bytes.EMPTY), statement);
    ask("that by itself", new Certify(key.handle(), key.handle(), Bytes.EMPTY), statement);
    ask("a quote by it", new Quote(key.handle(), Bytes.EMPTY, FIRMWARE), statement);
    return key;
  }

  private void decrypt(CreatedPrimary key) throws Exception {
    for (RsaScheme scheme : TpmStatements.SCHEMES) {
      TpmHandle session = policySession(pcrs().digest());
      RsaDecrypt command = decrypt(key, session, TpmStatements.encrypt(key.area(), scheme), scheme);
      ask("decrypting " + scheme, command, message -> HexFormat.of().formatHex(message.reveal()));
      ask("the session afterwards", new PolicyGetDigest(session), Bytes::toString);
    }
  }

  private void decryptOtherwise(CreatedPrimary key) throws Exception {
    RsaScheme scheme = RsaScheme.OAEP_SHA256;
    Bytes cipherText = TpmStatements.encrypt(key.area(), scheme);
    TpmHandle handle = key.handle();
    tell("with a password", handle, TpmAuthorization.EMPTY_PASSWORD, cipherText);
    TpmHandle bare = session(SessionKind.POLICY);
    tell("without a policy", handle, TpmAuthorization.closingPolicySession(bare), cipherText);
    ask("the digest of none", new PolicyGetDigest(bare), Bytes::toString);
    ask("other PCR values", new PolicyPcr(bare, DIGEST, FIRMWARE), done -> "done");
    ask("forgetting the session", new FlushContext(bare), done -> "done");
    ask("forgetting it again", new FlushContext(bare), done -> "done");
    TpmHandle session = policySession(pcrs().digest());
    TpmAuthorization policy = TpmAuthorization.closingPolicySession(session);
    tell("what nobody encrypted", handle, policy, Bytes.zeros(256));
    tell("what is too short", handle, policy, cipherText.slice(0, 255));
    Bytes otherPadding = TpmStatements.encrypt(key.area(), RsaScheme.RSAES);
    tell("what is padded otherwise", handle, policy, otherPadding);
    ask("the session survived", new PolicyGetDigest(session), Bytes::toString);
    tell("with a key that is not loaded", NOT_LOADED, policy, cipherText);
    TpmHandle trial = session(SessionKind.TRIAL);
    tell("in a trial session", handle, TpmAuthorization.closingPolicySession(trial), cipherText);
    ask("any values on trial", new PolicyPcr(trial, DIGEST, FIRMWARE), done -> "done");
    ask("their policy", new PolicyGetDigest(trial), Bytes::toString);
    ask("forgetting the trial", new FlushContext(trial), done -> "done");
    ask("forgetting the session", new FlushContext(session), done -> "done");
    ask("forgetting a hierarchy", new FlushContext(TpmHandle.OWNER), done -> "done");
  }

  private void decryptBetweenExtends(CreatedPrimary key) throws Exception {
    Bytes cipherText = TpmStatements.encrypt(key.area(), RsaScheme.OAEP_SHA256);
    Bytes before = pcrs().digest();
    for (int index : new int[] {12, 4}) {
      TpmHandle session = policySession(pcrs().digest());
      TpmAuthorization policy = TpmAuthorization.closingPolicySession(session);
      ask("extending PCR " + index, new PcrExtend(index, DIGEST), done -> "done");
      tell("in the session from before", key.handle(), policy, cipherText);
      ask("forgetting it", new FlushContext(session), done -> "done");
    }
    TpmHandle session = session(SessionKind.POLICY);
    ask("the values of before", new PolicyPcr(session, before, FIRMWARE), done -> "done");
    ask("the values of now", new PolicyPcr(session, pcrs().digest(), FIRMWARE), done -> "done");
    TpmAuthorization policy = TpmAuthorization.closingPolicySession(session);
    tell("with another policy than the key's", key.handle(), policy, cipherText);
    ask("forgetting it", new FlushContext(session), done -> "done");
    ask("extending what firmware alone may", new PcrExtend(17, DIGEST), done -> "done");
    ask("PCRs", new PcrRead(FIRMWARE), read -> read.values().digest().toString());
  }

  private void forget(CreatedPrimary key) throws Exception {
    ask("forgetting the key", new FlushContext(key.handle()), done -> "done");
    ask("forgetting it again", new FlushContext(key.handle()), done -> "done");
    ask("reading it", new ReadPublic(key.handle()), found -> shape(found.area()));
    ask("a nonce", new GetRandom(20), octets -> "" + octets.size());
    ask("more than a digest", new GetRandom(100), octets -> "" + octets.size());
  }

  private void sendWhatIsNoCommand() throws Exception {
    for (String hex : List.of("80010000000c000001ff0010", "80010000000d0000017b0010")) {
      lines.add(hex + ": " + HexFormat.of().formatHex(tpm.send(Bytes.fromHex(hex))));
    }
  }

  private CreatePrimary create(Bytes unique) throws Exception {
    TpmPublic template = AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(pcrs()), unique);
    return new CreatePrimary(TpmHandle.NULL_HIERARCHY, template, PcrSelection.NONE);
  }

  private PcrValues pcrs() throws Exception {
    return tpm.run(new PcrRead(FIRMWARE)).values();
  }

  private TpmHandle policySession(Bytes pcrDigest) throws Exception {
    TpmHandle session = session(SessionKind.POLICY);
    ask("its PCR values", new PolicyPcr(session, pcrDigest, FIRMWARE), done -> "done");
    ask("its digest", new PolicyGetDigest(session), Bytes::toString);
    return session;
  }

  private TpmHandle session(SessionKind kind) throws Exception {
    TpmHandle session = must("a session", new StartAuthSession(kind, NONCE));
    lines.add("it is a " + session.kind());
    return session;
  }

  private static RsaDecrypt decrypt(
      CreatedPrimary key, TpmHandle session, Bytes cipherText, RsaScheme scheme) {
    TpmAuthorization policy = TpmAuthorization.closingPolicySession(session);
    return new RsaDecrypt(key.handle(), policy, cipherText, scheme);
  }

  private void tell(String how, TpmHandle key, TpmAuthorization authorization, Bytes cipherText)
      throws Exception {
    RsaDecrypt command = new RsaDecrypt(key, authorization, cipherText, RsaScheme.OAEP_SHA256);
    ask("decrypting " + how, command, message -> HexFormat.of().formatHex(message.reveal()));
  }

  private static String shape(TpmPublic area) {
    TpmPublic withoutModulus =
        new TpmPublic(area.attributes(), area.authPolicy(), area.parameters(), Bytes.EMPTY);
    return withoutModulus + " of " + area.unique().size() + " bytes";
  }

  private <R> R must(String what, TpmCommand<R> command) throws Exception {
    return ask(what, command, result -> "done")
        .orElseThrow(() -> new AssertionError(lines.getLast()));
  }

  private <R> Optional<R> ask(String what, TpmCommand<R> command, Show<R> show) throws Exception {
    return switch (reply(command)) {
      case TpmReply.Success<R>(R result) -> {
        lines.add(what + ": " + show.of(result));
        yield Optional.of(result);
      }
      case TpmReply.Failure<R>(TpmResponseCode code) -> {
        lines.add(what + ": 0x" + Integer.toHexString(code.value()));
        yield Optional.empty();
      }
    };
  }

  /** Asks again, as the sidecar does, while the TPM is busy with itself. */
  private <R> TpmReply<R> reply(TpmCommand<R> command) throws Exception {
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      TpmReply<R> reply = tpm.reply(command);
      if (!(reply instanceof TpmReply.Failure<R>(TpmResponseCode code)) || !code.isRetryable()) {
        return reply;
      }
    }
    return tpm.reply(command);
  }
}
