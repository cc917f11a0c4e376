package dev.keygate.evidence.tpm.command;

/**
 * What a TPM answered to a command.
 *
 * @param <R> the command's result
 */
public sealed interface TpmReply<R> {

  /**
   * The command was carried out.
   *
   * @param result what it returned
   */
  record Success<R>(R result) implements TpmReply<R> {}

  /**
   * The command was not carried out.
   *
   * @param code why
   */
  record Failure<R>(TpmResponseCode code) implements TpmReply<R> {}
}
