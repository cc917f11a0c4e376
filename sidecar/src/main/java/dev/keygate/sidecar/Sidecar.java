package dev.keygate.sidecar;

import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.config.SettingsReader;
import dev.keygate.sidecar.config.SidecarSettings;
import dev.keygate.sidecar.config.TelemetrySettings;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.secret.ProcessHardening;
import dev.keygate.sidecar.trace.StepSpans;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    PrintWriter err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(arguments, TerminationMessage.OF_KUBELET, err));
  }

  /**
   * A pod's sidecar has no arguments, and its app waits for it: nothing that reads arguments is
   * loaded then.
   */
  static int run(String[] arguments, TerminationMessage termination, PrintWriter err) {
    if (arguments.length > 0) {
      return commandLine(termination).execute(arguments);
    }
    try {
      return serve();
    } catch (FailureException | InterruptedException | RuntimeException thrown) {
      return new FailureSentences(termination).end(thrown, err);
    }
  }

  /** The server. What would stop it at its start is looked for before the framework starts. */
  static int serve() throws FailureException, InterruptedException {
    SidecarSettings written = SettingsReader.read();
    Settings settings = Settings.from(written);
    TelemetrySettings telemetry = TelemetrySettings.from(written.telemetry());
    Assembly assembly = Assembly.of(settings.platform()).detected();
    try (StepSpans spans = Telemetry.open(telemetry);
        RunningSidecar sidecar = RunningSidecar.start(settings, assembly.tracing(spans))) {
      Handover.leave(sidecar);
      Framework.listenAt(settings.local());
      Framework.run();
      if (sidecar.defect().isPresent()) {
        throw new IllegalStateException("the release loop ended", sidecar.defect().get());
      }
      return ExitCode.OK.status();
    }
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
