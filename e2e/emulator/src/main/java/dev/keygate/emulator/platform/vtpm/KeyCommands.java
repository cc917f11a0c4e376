package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.attest.AttestHeader;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.Optional;

/** Primary keys and what is done with them. Guarded by the TPM's lock. */
final class KeyCommands {

  /** The firmware version that Azure's vTPM states. */
  private static final long FIRMWARE_VERSION = 0x2020_0312_0012_0003L;

  private final TpmState state;

  KeyCommands(TpmState state) {
    this.state = state;
  }

  TpmAnswer readPublic(TpmConnection connection, ReadPublic command) throws TpmRefusal {
    TpmKey key = state.key(connection, command.object(), 1);
    return TpmAnswer.of(
        ByteWriter.bigEndian()
            .bytes(key.area().toSizedBytes())
            .sized16(key.area().name())
            .sized16(key.qualifiedName()));
  }

  TpmAnswer createPrimary(TpmConnection connection, CreatePrimary command) throws TpmRefusal {
    Bytes seed =
        state
            .seeds
            .of(command.hierarchy())
            .orElseThrow(() -> TpmRefusal.ofHandle(TpmError.VALUE, 1));
    PrimaryTemplate.require(command.template());
    TpmKey key = state.primaries.get(command.hierarchy(), command.template());
    TpmHandle handle = connection.load(key);
    Bytes creation =
        CreationData.of(
            command.hierarchy(),
            command.creationPcrs(),
            state.pcrs.values(command.creationPcrs()).digest());
    ByteWriter out = ByteWriter.bigEndian();
    out.bytes(key.area().toSizedBytes()).sized16(creation).sized16(creation.sha256());
    CreationData.writeTicketTo(out, command.hierarchy(), Bytes.concat(seed, creation));
    return new TpmAnswer(Optional.of(handle), out.sized16(key.area().name()).toBytes());
  }

  TpmAnswer decrypt(TpmConnection connection, RsaDecrypt command) throws TpmRefusal {
    TpmKey key = state.key(connection, command.key(), 1);
    if (key.area().attributes().isRestricted() || !key.area().attributes().allowsDecrypt()) {
      throw TpmRefusal.ofHandle(TpmError.ATTRIBUTES, 1);
    }
    if (command.cipherText().size() * 8 != key.area().parameters().keySizeBits()) {
      throw TpmRefusal.of(TpmError.SIZE);
    }
    RsaScheme own = key.area().parameters().scheme();
    RsaScheme scheme = own.equals(RsaScheme.NONE) ? command.scheme() : own;
    if (!command.scheme().equals(RsaScheme.NONE) && !command.scheme().equals(scheme)) {
      throw TpmRefusal.ofParameter(TpmError.SCHEME, 2);
    }
    Bytes message = RsaPrimitives.decrypt(key, command.cipherText(), scheme);
    return TpmAnswer.of(ByteWriter.bigEndian().sized16(message));
  }

  TpmAnswer quote(TpmConnection connection, Quote command) throws TpmRefusal {
    TpmKey signer = signer(connection, command.signer(), 1);
    PcrSelection selection = command.selection();
    Bytes pcrDigest = state.pcrs.values(selection).digest();
    return signed(
        signer, new QuoteAttest(header(signer, command.qualifyingData()), selection, pcrDigest));
  }

  TpmAnswer certify(TpmConnection connection, Certify command) throws TpmRefusal {
    TpmKey object = state.key(connection, command.object(), 1);
    TpmKey signer = signer(connection, command.signer(), 2);
    AttestHeader header = header(signer, command.qualifyingData());
    return signed(signer, new CertifyAttest(header, object.area().name(), object.qualifiedName()));
  }

  private AttestHeader header(TpmKey signer, Bytes qualifyingData) {
    return new AttestHeader(
        signer.qualifiedName(), qualifyingData, state.uptime.read(), FIRMWARE_VERSION);
  }

  private TpmKey signer(TpmConnection connection, TpmHandle handle, int number) throws TpmRefusal {
    TpmKey key = state.key(connection, handle, number);
    if (!key.area().attributes().allowsSign()) {
      throw TpmRefusal.ofHandle(TpmError.KEY, number);
    }
    if (!key.area().parameters().scheme().equals(RsaScheme.RSASSA_SHA256)) {
      throw TpmRefusal.ofParameter(TpmError.SCHEME, 2);
    }
    return key;
  }

  private static TpmAnswer signed(TpmKey signer, TpmsAttest attest) {
    Bytes bytes = attest.toBytes();
    ByteWriter out = ByteWriter.bigEndian().sized16(bytes);
    new RsassaSignature(RsaPrimitives.sign(signer, bytes)).writeTo(out);
    return TpmAnswer.of(out);
  }
}
