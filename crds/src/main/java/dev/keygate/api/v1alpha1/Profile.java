package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template of a release policy and what it is filled in with.
 *
 * @param secureBoot null for the template's own choice: required of virtual machines
 * @param unknown members that are no part of the kind: kept instead of pruned, and refused, because
 *     a template without a misspelt extraClaims would admit more than was meant
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(self.name in ['AksConfidentialVm', 'ConfidentialVmPlatform']) || has(self.tees)",
    message = "a template of confidential VMs takes tees: SevSnp, Tdx or both")
@ValidationRule(
    value =
        "self.name != 'ConfidentialContainerGroup' || !has(self.tees) || self.tees == ['SevSnp']",
    message = "confidential container groups run on SevSnp only")
@ValidationRule(
    value = "self.name != 'SgxEnclave' || !has(self.tees)",
    message = "an SGX enclave is no confidential VM: leave out tees")
@ValidationRule(
    value = "!has(self.secureBoot) || self.name in ['AksConfidentialVm', 'ConfidentialVmPlatform']",
    message = "only templates of confidential VMs take secureBoot: nothing else attests to it")
@ValidationRule(
    value = "has(self.hostData) == (self.name == 'ConfidentialContainerGroup')",
    message =
        "ConfidentialContainerGroup, and no other template, takes hostData: without it, anybody's"
            + " container group would be admitted")
@ValidationRule(
    value = "has(self.enclaves) == (self.name == 'SgxEnclave')",
    message =
        "SgxEnclave, and no other template, takes enclaves: without it, anybody's enclave would be"
            + " admitted")
public record Profile(
    @Required
        @JsonPropertyDescription(
            "The template. AksConfidentialVm: nodes of an AKS confidential VM node pool, which"
                + " attest as guests through their vTPM. ConfidentialContainerGroup: groups of"
                + " confidential containers with the security policies in hostData."
                + " ConfidentialVmPlatform: confidential VMs as the platform attests them, for disk"
                + " encryption; no pod's sidecar satisfies it. SgxEnclave: the SGX enclaves that"
                + " are named.")
        ProfileName name,
    @Size(min = 1, max = 2)
        @JsonPropertyDescription(
            "The kinds of confidential VM that are admitted; of SgxEnclave there are none.")
        List<ProfileTee> tees,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("The attestation authorities whose tokens are admitted.")
        List<ProfileAuthority> authorities,
    @JsonPropertyDescription(
            "Whether the VM must have booted with secure boot; Required by default. Only of"
                + " AksConfidentialVm and ConfidentialVmPlatform.")
        @Nullable ProfileSecureBoot secureBoot,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Only of ConfidentialContainerGroup: the security policies that are admitted, each as"
                + " the SHA-256 of the decoded policy in 64 lower-case hexadecimal digits.")
        List<String> hostData,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription("Only of SgxEnclave: the enclaves that are admitted.")
        List<ProfileEnclave> enclaves,
    @Size(max = 32) @JsonPropertyDescription("Further claims that every token must have.")
        List<ExtraClaim> extraClaims,
    @JsonAnySetter Map<String, Object> unknown) {

  /** Fills in what a manifest may leave out. */
  public Profile {
    tees = List.copyOf(Objects.requireNonNullElse(tees, List.of()));
    authorities = List.copyOf(Objects.requireNonNullElse(authorities, List.of()));
    hostData = List.copyOf(Objects.requireNonNullElse(hostData, List.of()));
    enclaves = List.copyOf(Objects.requireNonNullElse(enclaves, List.of()));
    extraClaims = List.copyOf(Objects.requireNonNullElse(extraClaims, List.of()));
    unknown = UnknownMembers.copyOf(unknown);
  }

  @JsonAnyGetter
  @Override
  public Map<String, Object> unknown() {
    return unknown;
  }
}
