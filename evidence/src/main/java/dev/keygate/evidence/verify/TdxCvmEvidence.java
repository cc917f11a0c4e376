package dev.keygate.evidence.verify;

import dev.keygate.evidence.tdx.TdQuote;

/**
 * What an Azure confidential virtual machine on TDX says of itself, parsed and not believed. Its
 * paravisor's report carries a TD report, which nobody can verify remotely, so there is a quote of
 * it besides.
 *
 * @param machine what its paravisor and its vTPM say
 * @param tdQuote the quote of the TD report in the paravisor's report
 */
public record TdxCvmEvidence(CvmEvidence machine, TdQuote tdQuote) implements Evidence {}
