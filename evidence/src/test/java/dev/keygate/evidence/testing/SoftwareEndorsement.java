package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;

/** A key that signs SNP reports, and the certificates above it. */
public sealed interface SoftwareEndorsement permits SoftwareVcek, SoftwareVlek {

  /** The processor line of the reports. */
  SnpProduct product();

  /** The reported TCB of the reports. */
  TcbVersion tcb();

  /** The CHIP_ID of the reports, 64 octets. */
  Bytes chipId();

  /** What the reports say signed them. */
  SigningKey signingKey();

  /** The key's certificate and its two issuers', PEM, from the bottom up. */
  String chainPem();

  /** The same, parsed, with a list that revokes nothing as long as the root is valid. */
  EndorsementChain chain();

  /** ECDSA with SHA-384: R and S, big-endian, as long as the curve's order each. */
  Bytes sign(Bytes content);
}
