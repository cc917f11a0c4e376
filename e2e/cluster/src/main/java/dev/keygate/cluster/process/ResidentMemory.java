package dev.keygate.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process holds in memory, in bytes: {@code VmRSS} and {@code VmHWM} of proc(5).
 *
 * @param currentBytes resident now
 * @param peakBytes the most it ever had resident
 */
public record ResidentMemory(long currentBytes, long peakBytes) {

  private static final long KIB = 1024;

  public ResidentMemory {
    if (currentBytes < 0 || peakBytes < 0) {
      throw new IllegalArgumentException("negative memory: " + currentBytes + ", " + peakBytes);
    }
  }

  /**
   * Reads a process's figures.
   *
   * @throws IOException if there is no such process, or it has ended and only waits to be reaped
   */
  public static ResidentMemory of(long pid) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    return new ResidentMemory(bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
  }

  private static long bytes(List<String> status, String field) throws IOException {
    for (String line : status) {
      if (line.startsWith(field)) {
        return KIB * Long.parseLong(line.substring(field.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("the process has ended: its status has no " + field);
  }
}
