package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.GuestOs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads os-release(5), leniently: what is missing or strange gets a plain value. */
public final class OsRelease {

  private static final Pattern LINE = Pattern.compile("([A-Z_]{1,64})=[\"']?(.{0,128}?)[\"']?\\s*");
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})(?:\\.([0-9]{1,4}))?.*");
  private static final int LARGEST_BYTES = 16 << 10;

  private OsRelease() {}

  /** The system that a file describes; plain values if it cannot be read. */
  public static GuestOs read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return parse(new String(in.readNBytes(LARGEST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return parse("");
    }
  }

  /** The system that a text describes. Microsoft's client refuses a major version of 0. */
  static GuestOs parse(String text) {
    Map<String, String> members = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher member = LINE.matcher(line);
      if (member.matches()) {
        members.put(member.group(1), member.group(2));
      }
    }
    Matcher version = VERSION.matcher(members.getOrDefault("VERSION_ID", ""));
    boolean hasVersion = version.matches();
    int major = hasVersion ? Integer.parseInt(version.group(1)) : 0;
    int minor = hasVersion && version.group(2) != null ? Integer.parseInt(version.group(2)) : 0;
    String name = members.getOrDefault("NAME", "");
    return new GuestOs("Linux", name.isEmpty() ? "Linux" : name, Math.max(1, major), minor);
  }
}
