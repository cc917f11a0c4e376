package dev.keygate.emulator.keyvault.request;

import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.net.HttpRequest;
import java.util.Set;

/**
 * The version a request is made in.
 *
 * @param text as sent
 */
public record ApiVersion(String text) {

  private static final Set<String> BEFORE_RELEASE = Set.of("7.0", "7.1", "7.2");
  private static final Set<String> WITH_RELEASE =
      Set.of(
          "7.3-preview",
          "7.3",
          "7.4",
          "7.5",
          "7.6-preview.2",
          "7.6",
          "2025-06-01-preview",
          "2025-07-01",
          "2026-01-01-preview",
          "2026-03-01-preview",
          "2026-04-01",
          "2026-05-01-preview",
          "2026-07-01-preview");

  /**
   * Reads the query.
   *
   * @throws VaultRefusedException if it names none that there is
   */
  public static ApiVersion of(HttpRequest request) throws VaultRefusedException {
    String text = request.parameter("api-version").orElse("");
    if (text.isEmpty()) {
      throw VaultRefusals.badParameter("api-version must be specified");
    }
    if (!BEFORE_RELEASE.contains(text) && !WITH_RELEASE.contains(text)) {
      throw VaultRefusals.badParameter(
          "The specified version ("
              + text.replaceAll("[^0-9a-zA-Z.-]", "?")
              + ") is not recognized.");
    }
    return new ApiVersion(text);
  }

  /** Whether Secure Key Release is in it. */
  public boolean hasRelease() {
    return WITH_RELEASE.contains(text);
  }
}
