package dev.keygate.sidecar;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.Settings;
import io.quarkus.runtime.Quarkus;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The framework's servers: where they listen, and how they end. */
final class Framework {

  private Framework() {}

  /**
   * Tells the framework where to listen. By system properties, before it starts: they win over
   * every other source that it has.
   */
  static void listenAt(Settings.LocalSettings local) {
    System.setProperty("quarkus.http.host", "127.0.0.1");
    System.setProperty("quarkus.http.port", Integer.toString(local.apiPort()));
    System.setProperty("quarkus.management.host", local.management().host().getHostAddress());
    System.setProperty("quarkus.management.port", Integer.toString(local.management().port()));
  }

  /**
   * Runs until the process is told to end.
   *
   * @throws RefusedException if the servers cannot listen where they are to
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
            "The settings keygate.local-api.port and keygate.management.port are ports that nobody"
                + " in this pod listens at; "
                + cause.getMessage()
                + ".",
            thrown);
      }
    }
    throw new IllegalStateException("the servers did not start", thrown);
  }
}
