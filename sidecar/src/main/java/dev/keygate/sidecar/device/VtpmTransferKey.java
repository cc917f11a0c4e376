package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.TransferKey;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A transfer key inside the TPM, usable as long as the PCRs have the values they had when it was
 * made and the connection is open. Safe for use by several threads.
 */
public final class VtpmTransferKey implements TransferKey {

  private final TpmConnection tpm;
  private final PolicySessions sessions;
  private final CreatedPrimary key;
  private final SignedAttest certification;

  /** A device keeps three sessions for a process, however many keys are unwrapped at a time. */
  private final ReentrantLock turn = new ReentrantLock(true);

  VtpmTransferKey(
      TpmConnection tpm, PolicySessions sessions, CreatedPrimary key, SignedAttest certification) {
    this.tpm = tpm;
    this.sessions = sessions;
    this.key = key;
    this.certification = certification;
  }

  /** Its public area. */
  public TpmPublic area() {
    return key.area();
  }

  /** The attestation key's statement that it is in the TPM. */
  public SignedAttest certification() {
    return certification;
  }

  @Override
  public int modulusBytes() {
    return key.area().unique().size();
  }

  @Override
  public SecretBytes decrypt(KeyEncryption encryption, Bytes ciphertext)
      throws FailureException, InterruptedException {
    TpmAlgorithm hash =
        switch (encryption) {
          case CKM_RSA_AES_KEY_WRAP -> TpmAlgorithm.SHA1;
          case RSA_AES_KEY_WRAP_256 -> TpmAlgorithm.SHA256;
          case RSA_AES_KEY_WRAP_384 -> TpmAlgorithm.SHA384;
        };
    return decrypt(ciphertext, new RsaScheme(TpmAlgorithm.OAEP, hash));
  }

  /**
   * Opens an RSAES-PKCS1-v1_5 ciphertext, which is how an authority encrypts the key of a sealed
   * token; the caller closes the result.
   */
  public SecretBytes openSealed(Bytes ciphertext) throws FailureException, InterruptedException {
    return decrypt(ciphertext, RsaScheme.RSAES);
  }

  private SecretBytes decrypt(Bytes ciphertext, RsaScheme scheme)
      throws FailureException, InterruptedException {
    turn.lockInterruptibly();
    try {
      return sessions.decrypt(key.handle(), ciphertext, scheme);
    } finally {
      turn.unlock();
    }
  }

  /** The PCR values that it is bound to. */
  public PcrValues pcrs() {
    return sessions.pcrs();
  }

  TpmHandle handle() {
    return key.handle();
  }

  /** Has the TPM forget the key; a connection that is closed has done so already. */
  public void forget() throws FailureException, InterruptedException {
    tpm.reply(new FlushContext(key.handle()));
  }
}
