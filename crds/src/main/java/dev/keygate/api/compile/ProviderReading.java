package dev.keygate.api.compile;

import dev.keygate.api.v1alpha1.ProfileAuthority;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.profile.AttestationRegion;
import dev.keygate.policy.profile.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a profile's authorities, each given by region or by URL. */
final class ProviderReading {

  /** The SHA-256 of a policy in base64url without padding. */
  private static final Pattern POLICY_HASH = Pattern.compile("[0-9A-Za-z_-]{43}");

  private ProviderReading() {}

  static List<Provider> read(List<ProfileAuthority> authorities) throws RefusedException {
    List<Provider> providers = new ArrayList<>();
    for (ProfileAuthority authority : authorities) {
      providers.add(provider("spec.profile.authorities[" + providers.size() + "]", authority));
    }
    if (providers.isEmpty()) {
      throw Malformed.at("spec.profile.authorities", "at least one", "none");
    }
    return providers;
  }

  private static Provider provider(String path, ProfileAuthority authority)
      throws RefusedException {
    Malformed.requireNone(path, authority.unknown().keySet());
    String region = authority.region();
    String endpoint = authority.endpoint();
    String policyHash = authority.policyHash();
    if (endpoint != null && region == null) {
      AuthorityEndpoint parsed = endpoint(path, endpoint);
      return policyHash == null
          ? Provider.at(parsed)
          : Provider.pinned(parsed, policyHash(path, policyHash));
    }
    if (region != null && endpoint == null && policyHash == null) {
      return Provider.at(sharedProvider(path, region));
    }
    throw Malformed.at(path, "exactly one of region, endpoint, and policyHash only with endpoint");
  }

  private static AuthorityEndpoint sharedProvider(String path, String region)
      throws RefusedException {
    return AttestationRegion.sharedProvider(region)
        .orElseThrow(
            () ->
                Malformed.at(
                    path + ".region",
                    "a region whose shared attestation provider is known",
                    "'" + region + "'; give the provider's URL as endpoint"));
  }

  private static AuthorityEndpoint endpoint(String path, String endpoint) throws RefusedException {
    try {
      return AuthorityEndpoint.parse(endpoint);
    } catch (EndpointFormatException e) {
      throw new RefusedException(Reason.PolicyMalformed, path + ".endpoint: " + e.getMessage(), e);
    }
  }

  private static String policyHash(String path, String policyHash) throws RefusedException {
    if (!POLICY_HASH.matcher(policyHash).matches()) {
      throw Malformed.at(
          path + ".policyHash", "43 characters of base64url, as x-ms-policy-hash has them");
    }
    return policyHash;
  }
}
