package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.command.TpmCommand;
import dev.keygate.evidence.tpm.command.TpmReply;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends typed commands over one connection, one at a time, and again while the TPM is busy with
 * itself. Safe for use by several threads.
 */
final class TpmConnection implements AutoCloseable {

  private static final int MOST_ATTEMPTS = 12;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final TpmTransport transport;
  private final Path path;
  private final TimeSource time;
  private final ReentrantLock turn = new ReentrantLock(true);

  TpmConnection(TpmTransport transport, Path path, TimeSource time) {
    this.transport = transport;
    this.path = path;
    this.time = time;
  }

  static TpmConnection open(TpmLocation location, TimeSource time) throws FailureException {
    Path path = location.path();
    try {
      TpmTransport transport =
          switch (location) {
            case TpmLocation.DeviceFile _ -> DeviceFileTransport.open(path);
            case TpmLocation.LabSocket _ -> UnixSocketTransport.open(path);
          };
      return new TpmConnection(transport, path, time);
    } catch (NoSuchFileException absent) {
      throw notFound(path, "there is none", absent);
    } catch (IOException e) {
      if (DeviceAccess.isDenied(e)) {
        throw DeviceAccess.denied(path, e);
      }
      if (location instanceof TpmLocation.LabSocket && !Files.exists(path)) {
        throw notFound(path, "nobody listens there", e);
      }
      throw unavailable(path, "cannot be opened, " + e.getMessage(), e);
    }
  }

  /**
   * The command's result.
   *
   * @throws RefusedException {@code TpmRefused} with command and code if the TPM refuses
   */
  <R> R execute(TpmCommand<R> command) throws FailureException, InterruptedException {
    return switch (reply(command)) {
      case TpmReply.Success<R>(R result) -> result;
      case TpmReply.Failure<R>(TpmResponseCode code) -> throw refused(command, code);
    };
  }

  /** The TPM's reply, for callers who tell refusals apart; it is never that the TPM is busy. */
  <R> TpmReply<R> reply(TpmCommand<R> command) throws FailureException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      TpmReply<R> reply = once(command);
      if (!(reply instanceof TpmReply.Failure<R>(TpmResponseCode code)) || !code.isRetryable()) {
        return reply;
      }
      time.sleep(pause);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        pause = LONGEST_PAUSE;
      }
    }
    throw unavailable(
        path, "was busy for each of " + MOST_ATTEMPTS + " tries of " + command.code(), null);
  }

  RefusedException refused(TpmCommand<?> command, TpmResponseCode code) {
    return new RefusedException(
        Reason.TpmRefused,
        "The TPM at " + path + " refused " + command.code() + " with " + code + ".");
  }

  Path path() {
    return path;
  }

  private <R> TpmReply<R> once(TpmCommand<R> command) throws FailureException {
    byte[] response = exchange(command);
    try {
      return command.parseReply(response);
    } catch (EvidenceFormatException malformed) {
      throw new RefusedException(
          Reason.TpmResponseMalformed,
          "The answer of the TPM at "
              + path
              + " to "
              + command.code()
              + " is not one: "
              + malformed.getMessage()
              + ".",
          malformed);
    } finally {
      Arrays.fill(response, (byte) 0);
    }
  }

  private byte[] exchange(TpmCommand<?> command) throws UnavailableException {
    turn.lock();
    try {
      return transport.exchange(command.toBytes().toArray());
    } catch (IOException e) {
      throw unavailable(path, "did not answer " + command.code() + ", " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  private static RefusedException notFound(Path path, String found, IOException cause) {
    return new RefusedException(
        Reason.TpmNotFound,
        "A TPM was expected at "
            + path
            + ", but "
            + found
            + "; run on a confidential VM and give the process its vTPM.",
        cause);
  }

  private static UnavailableException unavailable(
      Path path, String what, @Nullable IOException cause) {
    return new UnavailableException(
        Reason.TpmUnavailable, "The TPM at " + path + " " + what + ".", null, cause);
  }
}
