package dev.keygate.emulator.platform;

import dev.keygate.emulator.platform.vtpm.TpmSeeds;
import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a machine's vTPM keeps from boot to boot, in a file of hexadecimal lines.
 *
 * @param seeds the seeds of its hierarchies, the null hierarchy's as of this boot
 * @param resetCount how often it booted before
 * @param attestationKey the attestation key in PKCS #8, or empty before its first boot ends. Only
 *     spares the time of making it again: it is a function of the seeds
 */
record MachineState(TpmSeeds seeds, long resetCount, Bytes attestationKey) {

  private static final String FILE = "machine.state";
  private static final String OWNER = "ownerSeed";
  private static final String ENDORSEMENT = "endorsementSeed";
  private static final String RESETS = "resetCount";
  private static final String ATTESTATION_KEY = "attestationKey";

  /** The state of a machine that boots now, for the first time or again. */
  static MachineState next(Path directory, SecureRandom random) throws IOException {
    try {
      Map<String, String> stored = read(directory.resolve(FILE));
      TpmSeeds fresh = TpmSeeds.generate(random);
      TpmSeeds seeds =
          new TpmSeeds(hex(stored, OWNER), hex(stored, ENDORSEMENT), fresh.untilReset());
      long resets = Long.parseLong(stored.getOrDefault(RESETS, "0")) + 1;
      return new MachineState(seeds, resets, hex(stored, ATTESTATION_KEY));
    } catch (NoSuchFileException firstBoot) {
      return new MachineState(TpmSeeds.generate(random), 0, Bytes.EMPTY);
    } catch (IllegalArgumentException malformed) {
      throw new IOException(
          "The file "
              + directory.resolve(FILE)
              + " is not what an earlier run of the lab wrote; delete the folder "
              + directory,
          malformed);
    }
  }

  /** Keeps the state for the next boot; an interrupted write leaves the old state. */
  void save(Path directory) throws IOException {
    Path draft = directory.resolve(FILE + ".new");
    Files.write(
        draft,
        List.of(
            OWNER + "=" + seeds.owner().hex(),
            ENDORSEMENT + "=" + seeds.endorsement().hex(),
            RESETS + "=" + resetCount,
            ATTESTATION_KEY + "=" + attestationKey.hex()));
    Files.move(
        draft,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  private static Bytes hex(Map<String, String> values, String name) {
    return Bytes.fromHex(values.getOrDefault(name, ""));
  }

  /** Shows no seed and no key. */
  @Override
  public String toString() {
    return "MachineState[resetCount=" + resetCount + ", redacted]";
  }
}
