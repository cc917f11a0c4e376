package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** A template of a release policy and what it is filled in with. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Profile(
    @Required
        @JsonPropertyDescription(
            "The template. AksConfidentialVm: nodes of an AKS confidential VM node pool, which attest"
                + " through their vTPM.")
        ProfileName name,
    @Required
        @Size(min = 1, max = 2)
        @JsonPropertyDescription("The kinds of confidential VM that are admitted.")
        List<ProfileTee> tees,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("The attestation authorities whose tokens are admitted.")
        List<ProfileAuthority> authorities,
    @Default("Required")
        @JsonPropertyDescription("Whether the VM must have booted with secure boot.")
        ProfileSecureBoot secureBoot,
    @Size(max = 32) @JsonPropertyDescription("Further claims that every token must have.")
        List<ExtraClaim> extraClaims) {

  /** Fills in what a manifest may leave out. */
  public Profile {
    tees = List.copyOf(tees);
    authorities = List.copyOf(authorities);
    secureBoot = Objects.requireNonNullElse(secureBoot, ProfileSecureBoot.Required);
    extraClaims = List.copyOf(Objects.requireNonNullElse(extraClaims, List.of()));
  }
}
