package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An attestation authority: a region's shared provider, or one of one's own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.region) != has(self.endpoint)",
    message = "set exactly one of region and endpoint")
@ValidationRule(
    value =
        "!has(self.endpoint) ||"
            + " self.endpoint.matches('^https://[a-z0-9][a-z0-9.-]*[.]attest[.]azure[.](net|us|cn)/?$')",
    message =
        "endpoint is the https URL of an attestation provider under attest.azure.net, attest.azure.us"
            + " or attest.azure.cn, without port or path",
    fieldPath = ".endpoint")
public record ProfileAuthority(
    @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9]+$")
        @JsonPropertyDescription(
            "An Azure region, such as westeurope: its shared provider is the authority.")
        @Nullable String region,
    @Size(min = 1, max = 256) @JsonPropertyDescription("The URL of a provider of your own.")
        @Nullable String endpoint) {}
