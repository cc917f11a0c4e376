package dev.keygate.sidecar;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.Settings;
import io.quarkus.runtime.Quarkus;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The framework's server, for health and metrics: where it listens, and how it ends. */
final class Framework {

  private Framework() {}

  /**
   * Tells the framework where to listen. By system properties, before it starts: they win over
   * every other source that it has.
   */
  static void listenAt(Settings.LocalSettings local) {
    System.setProperty("quarkus.http.host", local.management().host().getHostAddress());
    System.setProperty("quarkus.http.port", Integer.toString(local.management().port()));
  }

  /**
   * Runs until the process is told to end.
   *
   * @throws RefusedException if the server cannot listen where it is to
   */
  static void run() throws RefusedException {
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Quarkus.run(null, (_, failure) -> failed.set(failure));
    Throwable failure = failed.get();
    if (failure != null) {
      throw refusal(failure);
    }
  }

  private static RefusedException refusal(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new RefusedException(
            Reason.SettingsInvalid,
            "The setting keygate.management.port is a port that nobody in this pod listens at; "
                + cause.getMessage()
                + ".",
            thrown);
      }
    }
    throw new IllegalStateException("the server did not start", thrown);
  }
}
