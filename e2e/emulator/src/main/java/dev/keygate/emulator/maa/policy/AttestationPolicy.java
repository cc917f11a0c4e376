package dev.keygate.emulator.maa.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keygate.emulator.json.Base64Text;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a provider's policy.
 *
 * @param text in the policy language
 */
public record AttestationPolicy(String text) {

  /** The built-in policy: it permits whatever verifies and issues the standard claims. */
  public static final AttestationPolicy DEFAULT = of(AuthorizationRule.PERMIT);

  /** The policy that does this and nothing else. */
  public static AttestationPolicy of(AuthorizationRule rule) {
    return new AttestationPolicy(
        "version= 1.0;authorizationrules{=> "
            + rule.name().toLowerCase(Locale.ROOT)
            + "();};issuancerules{};");
  }

  /** A draft, if it says what the default policy says; white space is not significant. */
  public static Optional<AttestationPolicy> parseDraft(String text) {
    return withoutSpace(text).equals(withoutSpace(DEFAULT.text))
        ? Optional.of(new AttestationPolicy(text))
        : Optional.empty();
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }

  /** The text in base64, as the member AttestationPolicy has it. */
  String encoded() {
    return Base64Text.url(text.getBytes(UTF_8));
  }

  /** The value of {@code x-ms-policy-hash}: of the encoded text. */
  public String hash() {
    return Base64Text.url(Bytes.ofUtf8(encoded()).sha256().toArray());
  }
}
