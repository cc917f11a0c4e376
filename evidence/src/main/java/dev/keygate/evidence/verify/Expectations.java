package dev.keygate.evidence.verify;

import java.util.Optional;

/**
 * Which kinds of evidence are accepted, and what each must say. A kind that nobody named is
 * refused.
 *
 * @param snpReport what an SNP report alone must say
 * @param tdQuote what a TD quote alone must say
 * @param cvm what a confidential virtual machine, of whatever hardware, must say
 */
public record Expectations(
    Optional<SnpExpectations> snpReport,
    Optional<TdExpectations> tdQuote,
    Optional<CvmExpectations> cvm) {

  /** No kind of evidence is accepted. */
  public static Expectations none() {
    return new Expectations(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, and SNP reports alone are accepted. */
  public Expectations acceptSnpReport(SnpExpectations expected) {
    return new Expectations(Optional.of(expected), tdQuote, cvm);
  }

  /** The same, and TD quotes alone are accepted. */
  public Expectations acceptTdQuote(TdExpectations expected) {
    return new Expectations(snpReport, Optional.of(expected), cvm);
  }

  /** The same, and confidential virtual machines are accepted. */
  public Expectations acceptCvm(CvmExpectations expected) {
    return new Expectations(snpReport, tdQuote, Optional.of(expected));
  }
}
