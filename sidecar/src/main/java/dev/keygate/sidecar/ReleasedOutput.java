package dev.keygate.sidecar;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.KeyFile;
import dev.keygate.sidecar.delivery.LeaseAnswer;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the command line puts a key. */
sealed interface ReleasedOutput {

  /** A file, readable by its owner alone. */
  record ToFile(Path file) implements ReleasedOutput {}

  /** Standard output, with nothing before or after the key. */
  record ToStandardOutput() implements ReleasedOutput {}

  /** Nowhere. */
  record Nowhere() implements ReleasedOutput {}

  static ReleasedOutput to(Optional<String> written) throws RefusedException {
    if (written.isEmpty()) {
      return new Nowhere();
    }
    if (written.get().equals("-")) {
      return new ToStandardOutput();
    }
    try {
      return new ToFile(Path.of(written.get()));
    } catch (InvalidPathException notPath) {
      throw failed("is no path", notPath);
    }
  }

  default void write(MemoryLease lease, String name, KeyEncoding encoding) throws RefusedException {
    switch (lease.write(name, Optional.empty(), encoding)) {
      case LeaseAnswer.Written written -> {
        try (SecretBytes text = written.text()) {
          write(text);
        } catch (IOException unwritable) {
          throw failed("cannot be written", unwritable);
        }
      }
      case LeaseAnswer.EncodingNotAllowed _ ->
          throw new RefusedException(
              Reason.SettingsInvalid,
              "The option --format names a format that symmetric keys do not have; take jwk or"
                  + " raw.");
      case LeaseAnswer.NothingHeld _, LeaseAnswer.VersionNotHeld _ ->
          throw new IllegalStateException("a key that was delivered is not held");
    }
  }

  private void write(SecretBytes text) throws IOException {
    switch (this) {
      case ToFile(Path file) -> KeyFile.write(file, text);
      case ToStandardOutput _ -> {
        // Not closed: the descriptor is the process's.
        FileOutputStream standardOutput = new FileOutputStream(FileDescriptor.out);
        text.reveal(
            Purpose.DELIVER,
            octets -> {
              standardOutput.write(octets);
              return octets.length;
            });
      }
      case Nowhere _ -> {
        // The release was the point.
      }
    }
  }

  private static RefusedException failed(String what, Exception cause) {
    return new RefusedException(
        Reason.SettingsInvalid, "The file that the option --out names " + what + ".", cause);
  }
}
