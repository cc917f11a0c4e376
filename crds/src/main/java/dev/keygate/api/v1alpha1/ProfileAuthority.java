package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attestation authority: a region's shared provider, or one of one's own.
 *
 * @param region null if an endpoint is given
 * @param endpoint null if a region is given
 * @param policyHash null if the provider's attestation policy may be any
 * @param unknown members that are no part of the kind: kept instead of pruned, and refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.region) != has(self.endpoint)",
    message = "set exactly one of region and endpoint")
@ValidationRule(
    value = "!has(self.policyHash) || has(self.endpoint)",
    message =
        "policyHash goes with endpoint: a shared provider's policy is Microsoft's to change, and"
            + " then nothing would be released")
@ValidationRule(
    value =
        "!has(self.endpoint) ||"
            + " self.endpoint.matches('^https://[a-z0-9][a-z0-9.-]*[.]attest[.]azure[.](net|us|cn)/?$')",
    message =
        "endpoint is the https URL of an attestation provider under attest.azure.net,"
            + " attest.azure.us or attest.azure.cn, without port or path",
    fieldPath = ".endpoint")
public record ProfileAuthority(
    @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9]+$")
        @JsonPropertyDescription(
            "An Azure region, such as westeurope: its shared provider is the authority.")
        @Nullable String region,
    @Size(min = 1, max = 256) @JsonPropertyDescription("The URL of a provider of your own.")
        @Nullable String endpoint,
    @Size(min = 43, max = 43)
        @Pattern("^[0-9A-Za-z_-]+$")
        @JsonPropertyDescription(
            "What tokens of that provider carry in x-ms-policy-hash, so that nobody widens its"
                + " attestation policy unnoticed.")
        @Nullable String policyHash,
    @JsonAnySetter Map<String, Object> unknown) {

  /** Copies the map. */
  public ProfileAuthority {
    unknown = UnknownMembers.copyOf(unknown);
  }

  @JsonAnyGetter
  @Override
  public Map<String, Object> unknown() {
    return unknown;
  }

  /** A region's shared provider. */
  public static ProfileAuthority ofRegion(String region) {
    return new ProfileAuthority(region, null, null, Map.of());
  }

  /** A provider by its URL. */
  public static ProfileAuthority ofEndpoint(String endpoint) {
    return new ProfileAuthority(null, endpoint, null, Map.of());
  }
}
