package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Something in a release policy that is allowed, and will hurt. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PolicyWarning(
    @Required @Size(min = 1, max = 64) @JsonPropertyDescription("Which warning, in one word.")
        String code,
    @Required
        @Size(max = 512)
        @JsonPropertyDescription("Where in the policy, such as anyOf[0].allOf[2].")
        String path,
    @Required @Size(max = 1024) @JsonPropertyDescription("What will happen, and what to do.")
        String message) {}
