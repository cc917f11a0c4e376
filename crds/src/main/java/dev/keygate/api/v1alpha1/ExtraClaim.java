package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A claim that a token must have.
 *
 * @param equalTo a string; Key Vault compares texts, so it matches a boolean or number as well
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExtraClaim(
    @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("The claim's name; dots lead through objects.")
        String claim,
    @Required
        @Size(max = 1024)
        @JsonProperty("equals")
        @JsonPropertyDescription(
            "The value, as text; it matches a boolean or number of the same text.")
        String equalTo) {}
