package dev.keygate.sidecar;

import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.secret.ProcessHardening;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Starts the sidecar: the server without arguments, else the command that they name. */
@QuarkusMain
public final class Sidecar {

  private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);

  private Sidecar() {}

  /**
   * Runs until the command or the server ends, and ends the process with its exit status.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    harden();
    System.exit(commandLine(TerminationMessage.OF_KUBELET).execute(arguments));
  }

  /** Before anything secret is read. What the system refuses is no reason to leave an app alone. */
  private static void harden() {
    ProcessHardening hardening = ProcessHardening.apply();
    if (!hardening.isComplete()) {
      LOG.atWarn()
          .addKeyValue(LogKeys.DUMPS_FORBIDDEN, hardening.dumps())
          .addKeyValue(LogKeys.CORES_FORBIDDEN, hardening.cores())
          .addKeyValue(LogKeys.MEMORY_LOCKED, hardening.locking())
          .log("Secrets in memory are less protected than they could be");
    }
  }

  static CommandLine commandLine(TerminationMessage termination) {
    return new CommandLine(new SidecarCommand())
        .setExecutionExceptionHandler(new FailureSentences(termination))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
