package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmReply;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vTPM of an Azure guest over one connection. What is loaded into it is gone when it is closed.
 * Safe for use by several threads; the TPM does one thing at a time.
 */
public final class GuestTpm implements AutoCloseable {

  /** A TPM returns at most this much of an index at once. */
  private static final int CHUNK_BYTES = 1024;

  private static final int MOST_QUOTES = 5;

  private final TpmConnection tpm;
  private final SecureRandom random;

  private GuestTpm(TpmConnection tpm, SecureRandom random) {
    this.tpm = tpm;
    this.random = random;
  }

  /**
   * Opens the TPM.
   *
   * @throws RefusedException {@code TpmNotFound} if there is none, {@code TpmNotPermitted} if this
   *     process may not open it
   */
  public static GuestTpm open(TpmLocation location, TimeSource time, SecureRandom random)
      throws FailureException {
    return new GuestTpm(TpmConnection.open(location, time), random);
  }

  static GuestTpm over(TpmConnection tpm, SecureRandom random) {
    return new GuestTpm(tpm, random);
  }

  /**
   * The paravisor's report with whatever pads the index behind it.
   *
   * @throws RefusedException {@code NotConfidentialVm} if the index is not defined
   */
  public Bytes readHclReport() throws FailureException, InterruptedException {
    return readIndex(AzureTpm.HCL_REPORT)
        .orElseThrow(
            () ->
                new RefusedException(
                    Reason.NotConfidentialVm,
                    "The TPM at "
                        + tpm.path()
                        + " has no paravisor report in NV index 0x"
                        + AzureTpm.HCL_REPORT
                        + ", so this is no confidential VM; run on a confidential VM size."));
  }

  /** The attestation key's certificate with whatever pads the index behind it, if there is one. */
  public Optional<Bytes> readAkCertificate() throws FailureException, InterruptedException {
    return readIndex(AzureTpm.AK_CERTIFICATE);
  }

  /** The public area of the attestation key. */
  public TpmPublic readAttestationKey() throws FailureException, InterruptedException {
    return tpm.execute(new ReadPublic(AzureTpm.ATTESTATION_KEY)).area();
  }

  /**
   * Quotes the firmware's PCRs, 0 to 7.
   *
   * @throws UnavailableException {@code PcrsMoved} if they change between reading and quoting time
   *     and again
   */
  public QuotedPcrs quote() throws FailureException, InterruptedException {
    PcrSelection selection = PcrSelection.FIRMWARE;
    for (int number = 1; number <= MOST_QUOTES; number++) {
      PcrValues values = readPcrs(selection);
      SignedAttest quote = tpm.execute(new Quote(AzureTpm.ATTESTATION_KEY, Bytes.EMPTY, selection));
      if (isOver(quote, values)) {
        return new QuotedPcrs(values, quote);
      }
    }
    throw new UnavailableException(
        Reason.PcrsMoved,
        "PCRs "
            + selection
            + " of the TPM at "
            + tpm.path()
            + " changed between reading and quoting, "
            + MOST_QUOTES
            + " times in a row.");
  }

  /**
   * Makes a transfer key that can be used while the PCRs have these values, and has the attestation
   * key certify it.
   */
  public VtpmTransferKey createTransferKey(PcrValues pcrs, TransferKeyTemplate template)
      throws FailureException, InterruptedException {
    TpmPublic area =
        AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(pcrs), template.unique(random));
    CreatedPrimary key =
        tpm.execute(new CreatePrimary(TpmHandle.NULL_HIERARCHY, area, PcrSelection.NONE));
    boolean isCertified = false;
    try {
      SignedAttest certification =
          tpm.execute(new Certify(key.handle(), AzureTpm.ATTESTATION_KEY, Bytes.EMPTY));
      isCertified = true;
      return new VtpmTransferKey(tpm, new PolicySessions(tpm, random, pcrs), key, certification);
    } finally {
      if (!isCertified) {
        tpm.reply(new FlushContext(key.handle()));
      }
    }
  }

  private PcrValues readPcrs(PcrSelection selection) throws FailureException, InterruptedException {
    PcrValues values = PcrValues.of(Map.of());
    PcrSelection missing = selection;
    while (!missing.isEmpty()) {
      PcrValues more = tpm.execute(new PcrRead(missing)).values().only(missing);
      if (more.selection().isEmpty()) {
        throw new RefusedException(
            Reason.TpmRefused,
            "The TPM at " + tpm.path() + " has no SHA-256 values for PCRs " + missing + ".");
      }
      values = values.and(more);
      missing = missing.without(more.selection());
    }
    return values;
  }

  private boolean isOver(SignedAttest quote, PcrValues values) throws RefusedException {
    try {
      return TpmsAttest.parse(quote.attest()) instanceof QuoteAttest parsed
          && parsed.selection().equals(values.selection())
          && parsed.pcrDigest().equals(values.digest());
    } catch (EvidenceFormatException malformed) {
      throw new RefusedException(
          Reason.TpmResponseMalformed,
          "The quote of the TPM at " + tpm.path() + " is not one: " + malformed.getMessage() + ".",
          malformed);
    }
  }

  private Optional<Bytes> readIndex(TpmHandle index) throws FailureException, InterruptedException {
    NvReadPublic command = new NvReadPublic(index);
    return switch (tpm.reply(command)) {
      case TpmReply.Success<NvPublic>(NvPublic found) ->
          Optional.of(readIndex(index, found.dataSizeBytes()));
      case TpmReply.Failure<NvPublic>(TpmResponseCode code) -> {
        if (code.is(TpmError.HANDLE)) {
          yield Optional.empty();
        }
        throw tpm.refused(command, code);
      }
    };
  }

  private Bytes readIndex(TpmHandle index, int sizeBytes)
      throws FailureException, InterruptedException {
    List<Bytes> chunks = new ArrayList<>();
    int offset = 0;
    while (offset < sizeBytes) {
      int wanted = Math.min(CHUNK_BYTES, sizeBytes - offset);
      Bytes chunk = tpm.execute(NvRead.asOwner(index, wanted, offset));
      if (chunk.isEmpty()) {
        throw new RefusedException(
            Reason.TpmResponseMalformed,
            "The TPM at " + tpm.path() + " returned nothing of NV index 0x" + index + ".");
      }
      chunks.add(chunk);
      offset += chunk.size();
    }
    return Bytes.concat(chunks.toArray(Bytes[]::new));
  }

  @Override
  public void close() {
    tpm.close();
  }
}
