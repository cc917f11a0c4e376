package dev.keygate.emulator.maa;

import dev.keygate.emulator.net.HttpRequest;
import java.util.Arrays;
import java.util.Optional;

/** The versions of the interface that are answered, oldest first. */
enum MaaApiVersion {
  V2020_10_01("2020-10-01"),
  V2022_08_01("2022-08-01"),
  V2022_09_01_PREVIEW("2022-09-01-preview"),
  V2023_04_01_PREVIEW("2023-04-01-preview"),
  V2025_06_01("2025-06-01"),
  V2026_03_11_PREVIEW("2026-03-11-preview");

  private final String text;

  MaaApiVersion(String text) {
    this.text = text;
  }

  static Optional<MaaApiVersion> find(HttpRequest request) {
    String asked = request.parameter("api-version").orElse("");
    return Arrays.stream(values()).filter(version -> version.text.equals(asked)).findFirst();
  }

  /** TDX came later than everything else. */
  boolean knows(String kind) {
    return !kind.equals("tdxvm") || compareTo(V2023_04_01_PREVIEW) >= 0;
  }
}
