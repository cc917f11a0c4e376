package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantFormatException;
import dev.keygate.contract.GrantJson;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Grants in {@code <folder>/<name>/grant.json}. The kubelet replaces a mounted directory as a
 * whole, so what is read is never half written. It is still input that nobody vouches for.
 */
public final class GrantFolder implements GrantSource {

  private final Path folder;

  /** Reads below this folder. */
  public GrantFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Grant read(String name) throws FailureException {
    Path file = folder.resolve(name).resolve(GrantConfigMap.FILE);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(GrantJson.MAX_BYTES + 1);
      if (octets.length > GrantJson.MAX_BYTES) {
        throw malformed(file, "it has more than " + GrantJson.MAX_BYTES + " bytes");
      }
      return GrantJson.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (NoSuchFileException absent) {
      throw new UnavailableException(
          Reason.GrantMissing,
          "A grant was expected at " + file + " and has not been written yet.",
          null,
          absent);
    } catch (CharacterCodingException notText) {
      throw malformed(file, "it is not UTF-8");
    } catch (GrantFormatException notGrant) {
      throw malformed(file, String.valueOf(notGrant.getMessage()));
    } catch (IOException unreadable) {
      throw malformed(file, "it cannot be read");
    }
  }

  private static RefusedException malformed(Path file, String found) {
    return new RefusedException(
        Reason.GrantMalformed, "The grant at " + file + " is not one: " + found + ".");
  }
}
