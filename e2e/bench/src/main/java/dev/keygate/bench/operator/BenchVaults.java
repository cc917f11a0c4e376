package dev.keygate.bench.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The vaults of a lab, on which keys are spread evenly. */
final class BenchVaults {

  static final int COUNT = 10;

  /** What Key Vault makes in ten of its seconds. */
  private static final int CREATES_PER_WINDOW = 10;

  private static final double WINDOW_SECONDS = 10;

  private static final String TENANT = "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001";

  /** Whether the vaults limit how many keys are made. */
  enum Throttling {
    NONE("UNLIMITED", 1),
    AS_DOCUMENTED("REFUSED_REQUESTS_ARE_FREE", 2);

    private final String setting;
    private final int clockRate;

    Throttling(String setting, int clockRate) {
      this.setting = setting;
      this.clockRate = clockRate;
    }

    /** How many seconds pass for the vaults in one of this machine's. */
    int clockRate() {
      return clockRate;
    }
  }

  private BenchVaults() {}

  /** The URL of the vault that a key of this number is in. */
  static String urlOf(int key) {
    return "https://" + hostOf(key);
  }

  static String hostOf(int key) {
    return "bench-" + key % COUNT + ".vault.azure.net";
  }

  /**
   * In how many seconds the vaults let so many keys be made: the first of them at once, the last
   * when its window begins.
   */
  static double fastest(int keys, int clockRate) {
    int fullest = Math.ceilDiv(keys, COUNT);
    int windows = Math.ceilDiv(fullest, CREATES_PER_WINDOW) - 1;
    return windows * WINDOW_SECONDS / clockRate;
  }

  /** Writes the description of such a lab. */
  static Path describe(Path file, Throttling throttling) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("tenant: ").append(TENANT).append("\nlocation: westeurope\n");
    text.append("authorities: [sharedweu.weu.attest.azure.net]\nprincipals:\n");
    text.append("  - {name: operator, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be101,");
    text.append(" objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be102}\nmachines: []\nvaults:\n");
    for (int vault = 0; vault < COUNT; vault++) {
      text.append("  - name: bench-").append(vault);
      text.append("\n    permissions: [{principal: operator,");
      text.append(" keys: [create, get, list, update, delete, recover]}]");
      text.append("\n    settings: {throttling: ").append(throttling.setting).append("}\n");
    }
    return Files.writeString(file, text);
  }
}
