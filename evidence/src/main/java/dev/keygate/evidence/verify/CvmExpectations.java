package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.UserData;
import dev.keygate.evidence.tpm.PcrSelection;
import java.util.Optional;

/**
 * What the evidence of a confidential virtual machine must say to be believed. It starts strict;
 * what is waived is waived by a call with its name.
 *
 * @param snp what the hardware report must say where the hardware is SNP
 * @param td what the TD quote must say where the hardware is TDX
 * @param quoteNonce what the quote must carry as qualifying data; empty once waived by name
 * @param pcrs the PCRs that the quote must cover, these and no others
 * @param userData what the guest wrote last and the runtime claims must carry; empty if it wrote
 *     nothing
 */
public record CvmExpectations(
    SnpExpectations snp,
    TdExpectations td,
    Optional<Bytes> quoteNonce,
    PcrSelection pcrs,
    Optional<UserData> userData) {

  /**
   * {@link SnpExpectations#strict}, {@link TdExpectations#strict}, and a quote over these PCRs with
   * this qualifying data.
   *
   * @param quoteNonce the qualifying data; {@link Bytes#EMPTY} demands that there is none
   */
  public static CvmExpectations strict(Bytes quoteNonce, PcrSelection pcrs) {
    return new CvmExpectations(
        SnpExpectations.strict(),
        TdExpectations.strict(),
        Optional.of(quoteNonce),
        pcrs,
        Optional.empty());
  }

  /** The same, but a machine whose memory its host can read and write is believed. */
  public CvmExpectations allowDebug() {
    return new CvmExpectations(snp.allowDebug(), td.allowDebug(), quoteNonce, pcrs, userData);
  }

  /** The same, but a machine that a migration agent can be bound to is believed. */
  public CvmExpectations allowMigration() {
    return new CvmExpectations(
        snp.allowMigration(), td.allowMigration(), quoteNonce, pcrs, userData);
  }

  /**
   * The same, but a chain is believed without revocation lists: a signing key that its vendor has
   * revoked is then not noticed. Lists at hand still count.
   */
  public CvmExpectations acceptMissingRevocationLists() {
    return new CvmExpectations(
        snp.acceptMissingRevocationLists(),
        td.acceptMissingRevocationLists(),
        quoteNonce,
        pcrs,
        userData);
  }

  /**
   * The same, but a quote with any qualifying data is believed: nothing then says that the quote is
   * fresh. Azure Attestation takes quotes so.
   */
  public CvmExpectations acceptAnyQuoteNonce() {
    return new CvmExpectations(snp, td, Optional.empty(), pcrs, userData);
  }

  /** The same, but with other expectations of a TD quote, for machines on TDX. */
  public CvmExpectations onTdx(TdExpectations expected) {
    return new CvmExpectations(snp, expected, quoteNonce, pcrs, userData);
  }

  /** The same, but the runtime claims must carry this user data. */
  public CvmExpectations userData(UserData written) {
    return new CvmExpectations(snp, td, quoteNonce, pcrs, Optional.of(written));
  }

  /** The same, but with other expectations of an SNP report, for machines on SNP. */
  public CvmExpectations onSnp(SnpExpectations expected) {
    return new CvmExpectations(expected, td, quoteNonce, pcrs, userData);
  }
}
