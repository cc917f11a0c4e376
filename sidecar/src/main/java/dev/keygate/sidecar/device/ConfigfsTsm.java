package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reports over configfs, as the kernel documents it in configfs-tsm-report: a directory of one's
 * own, one write, one read, and a count of writes that shows whether somebody else wrote between.
 */
public final class ConfigfsTsm implements SnpDevice {

  /** Where the kernel has it. */
  public static final Path FOLDER = Path.of("/sys/kernel/config/tsm/report");

  private static final int NAME_BYTES = 8;
  private static final int LARGEST_REPORT_BYTES = 4096;
  private static final String PROVIDER = "sev_guest";

  private final Path folder;
  private final Entries entries;
  private final SecureRandom random;

  /** Makes and removes directories; those of configfs come with their attributes. */
  interface Entries {
    void make(Path entry) throws IOException;

    void remove(Path entry) throws IOException;
  }

  private enum KernelEntries implements Entries {
    INSTANCE;

    @Override
    public void make(Path entry) throws IOException {
      Files.createDirectory(entry);
    }

    @Override
    public void remove(Path entry) throws IOException {
      Files.delete(entry);
    }
  }

  ConfigfsTsm(Path folder, Entries entries, SecureRandom random) {
    this.folder = folder;
    this.entries = entries;
    this.random = random;
  }

  /** The kernel's. */
  public static ConfigfsTsm ofKernel(SecureRandom random) {
    return new ConfigfsTsm(FOLDER, KernelEntries.INSTANCE, random);
  }

  @Override
  public synchronized Bytes report(Bytes reportData) throws FailureException {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    Path entry = folder.resolve("keygate-" + HexFormat.of().formatHex(name));
    try {
      entries.make(entry);
      try {
        return report(entry, reportData);
      } finally {
        entries.remove(entry);
      }
    } catch (NoSuchFileException absent) {
      throw refused("configfs is not mounted there, or the kernel has no provider", absent);
    } catch (AccessDeniedException denied) {
      throw refused("this process may not write there", denied);
    } catch (IOException failed) {
      throw new UnavailableException(
          Reason.ReportDeviceUnavailable,
          "The kernel gave no report at " + folder + ": " + failed.getMessage() + ".",
          null,
          failed);
    }
  }

  private Bytes report(Path entry, Bytes reportData) throws IOException, FailureException {
    String provider = text(entry.resolve("provider"));
    if (!provider.equals(PROVIDER)) {
      throw refused("its provider is " + provider + ", no SEV-SNP", null);
    }
    Files.write(entry.resolve("inblob"), reportData.toArray(), StandardOpenOption.WRITE);
    byte[] report;
    try (var in = Files.newInputStream(entry.resolve("outblob"))) {
      report = in.readNBytes(LARGEST_REPORT_BYTES);
    }
    String generation = text(entry.resolve("generation"));
    if (!generation.equals("1")) {
      throw new UnavailableException(
          Reason.ReportDeviceUnavailable,
          "Expected one write to "
              + entry
              + " before its report was read, found "
              + generation
              + "; somebody else writes there.");
    }
    return Bytes.copyOf(report);
  }

  private static String text(Path attribute) throws IOException {
    return Files.readString(attribute, StandardCharsets.US_ASCII).strip();
  }

  private RefusedException refused(String found, @Nullable IOException e) {
    String sentence = "A report of SEV-SNP was expected at " + folder + ": " + found + ".";
    return e == null
        ? new RefusedException(Reason.ReportDeviceRefused, sentence)
        : new RefusedException(Reason.ReportDeviceRefused, sentence, e);
  }
}
