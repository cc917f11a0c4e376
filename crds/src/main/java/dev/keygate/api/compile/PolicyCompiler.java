package dev.keygate.api.compile;

import dev.keygate.api.v1alpha1.ExtraClaim;
import dev.keygate.api.v1alpha1.Profile;
import dev.keygate.api.v1alpha1.ProfileAuthority;
import dev.keygate.api.v1alpha1.ProfileSecureBoot;
import dev.keygate.api.v1alpha1.ProfileTee;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ClaimName;
import dev.keygate.policy.PolicyLimits;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.profile.AksConfidentialVm;
import dev.keygate.policy.profile.AttestationRegion;
import dev.keygate.policy.profile.ProfileExpansion;
import dev.keygate.policy.profile.SecureBoot;
import dev.keygate.policy.profile.Tee;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
    if (spec.grammar() != null && spec.profile() == null) {
      ReleasePolicyDocument document = parse(GrammarJson.write(spec.grammar()));
      PolicySupport.requireSupported(document);
      return document;
    }
    if (spec.profile() != null && spec.grammar() == null) {
      return expand(spec.profile());
    }
    throw malformed("spec: expected exactly one of grammar, profile");
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

  private static ReleasePolicyDocument expand(Profile profile) throws RefusedException {
    List<AuthorityEndpoint> authorities = new ArrayList<>();
    for (int i = 0; i < profile.authorities().size(); i++) {
      authorities.add(
          authority("spec.profile.authorities[" + i + "]", profile.authorities().get(i)));
    }
    List<ClaimCondition> extraClaims = new ArrayList<>();
    for (int i = 0; i < profile.extraClaims().size(); i++) {
      extraClaims.add(
          extraClaim("spec.profile.extraClaims[" + i + "]", profile.extraClaims().get(i)));
    }
    if (profile.tees().isEmpty() || authorities.isEmpty()) {
      throw malformed("spec.profile: expected at least one of tees and of authorities");
    }
    return switch (profile.name()) {
      case AksConfidentialVm ->
          ProfileExpansion.expand(
              new AksConfidentialVm(
                  profile.tees().stream().map(PolicyCompiler::tee).collect(Collectors.toSet()),
                  authorities,
                  secureBoot(profile.secureBoot()),
                  extraClaims));
    };
  }

  private static AuthorityEndpoint authority(String path, ProfileAuthority authority)
      throws RefusedException {
    String region = authority.region();
    String endpoint = authority.endpoint();
    if ((region == null) == (endpoint == null)) {
      throw malformed(path + ": expected exactly one of region, endpoint");
    }
    if (endpoint == null) {
      return AttestationRegion.sharedProvider(String.valueOf(region))
          .orElseThrow(
              () ->
                  malformed(
                      path
                          + ".region: expected a region whose shared attestation provider is known,"
                          + " found '"
                          + region
                          + "'; give the provider's URL as endpoint"));
    }
    try {
      return AuthorityEndpoint.parse(endpoint);
    } catch (EndpointFormatException e) {
      throw malformed(path + ".endpoint: " + e.getMessage());
    }
  }

  private static ClaimCondition extraClaim(String path, ExtraClaim extra) throws RefusedException {
    if (!ClaimName.isClaimName(extra.claim())
        || extra.equalTo().length() > PolicyLimits.MAX_TEXT_LENGTH) {
      throw malformed(
          path
              + ": expected a claim's name without empty segments and a value of at most "
              + PolicyLimits.MAX_TEXT_LENGTH
              + " characters");
    }
    return ClaimCondition.equalTo(extra.claim(), extra.equalTo());
  }

  private static Tee tee(ProfileTee tee) {
    return switch (tee) {
      case SevSnp -> Tee.SEV_SNP;
      case Tdx -> Tee.TDX;
    };
  }

  private static SecureBoot secureBoot(ProfileSecureBoot secureBoot) {
    return switch (secureBoot) {
      case Required -> SecureBoot.REQUIRED;
      case NotRequired -> SecureBoot.NOT_REQUIRED;
    };
  }

  private static RefusedException malformed(String message) {
    return new RefusedException(Reason.PolicyMalformed, message);
  }
}
