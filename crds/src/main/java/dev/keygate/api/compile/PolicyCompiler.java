package dev.keygate.api.compile;

import dev.keygate.api.v1alpha1.Grammar;
import dev.keygate.api.v1alpha1.Profile;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyLimits;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.profile.ProfileExpansion;
import java.nio.charset.StandardCharsets;

/** Compiles the spec of a ReleasePolicy. */
public final class PolicyCompiler {

  private PolicyCompiler() {}

  /**
   * The policy that a vault would be given.
   *
   * @throws RefusedException with {@link Reason#PolicyMalformed} if the spec is not in the grammar
   *     or names no known region, with {@link Reason#PolicyUnsupported} if it compares with an
   *     operator that Key Vault does not evaluate
   */
  public static ReleasePolicyDocument compile(ReleasePolicySpec spec) throws RefusedException {
    ReleasePolicyDocument document = read(spec);
    PolicySupport.requireSupported(document);
    return document;
  }

  /**
   * The policy that the spec describes, whether or not Key Vault evaluates all of it.
   *
   * @throws RefusedException with {@link Reason#PolicyMalformed} if the spec is not in the grammar
   *     or names no known region
   */
  public static ReleasePolicyDocument read(ReleasePolicySpec spec) throws RefusedException {
    Grammar grammar = spec.grammar();
    Profile profile = spec.profile();
    if (grammar != null && profile == null) {
      return parse(GrammarJson.write(grammar));
    }
    if (profile != null && grammar == null) {
      return requireShort(ProfileExpansion.expand(ProfileReading.read(profile)));
    }
    throw Malformed.at("spec", "exactly one of grammar, profile");
  }

  /** A manifest has no lines by the time it gets here: its text is ours, so only paths are said. */
  private static ReleasePolicyDocument parse(String json) throws RefusedException {
    try {
      return PolicyParser.parse(json);
    } catch (PolicySyntaxException e) {
      String path = e.path().isEmpty() ? "spec.grammar" : "spec.grammar." + e.path();
      throw new RefusedException(
          Reason.PolicyMalformed, path + ": expected " + e.expected() + ", found " + e.found(), e);
    }
  }

  /** Few lines of a profile can become a long policy: every claim once per authority. */
  private static ReleasePolicyDocument requireShort(ReleasePolicyDocument document)
      throws RefusedException {
    int size = CanonicalWriter.write(document).getBytes(StandardCharsets.UTF_8).length;
    if (size > PolicyLimits.MAX_BYTES) {
      throw Malformed.at(
          "spec.profile",
          "a policy of at most " + PolicyLimits.MAX_BYTES + " bytes when written out",
          size + "; name fewer authorities or claims");
    }
    return document;
  }
}
