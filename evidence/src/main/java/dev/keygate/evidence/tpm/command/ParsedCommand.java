package dev.keygate.evidence.tpm.command;

import java.util.List;

/** What a TPM makes of the bytes it was sent. */
public sealed interface ParsedCommand {

  /**
   * A command to carry out.
   *
   * @param command the command
   * @param authorizations its session area, as many entries as the command needs
   */
  record Understood(TpmCommand<?> command, List<TpmAuthorization> authorizations)
      implements ParsedCommand {
    public Understood {
      authorizations = List.copyOf(authorizations);
    }
  }

  /**
   * Bytes to answer with an error.
   *
   * @param code the answer
   */
  record Malformed(TpmResponseCode code) implements ParsedCommand {}
}
