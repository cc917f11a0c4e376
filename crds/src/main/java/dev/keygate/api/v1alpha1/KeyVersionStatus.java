package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One version of a key.
 *
 * @param createdAt null if the vault does not say
 * @param supersededAt null while it is current
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyVersionStatus(
    @Required
        @Size(min = 32, max = 32)
        @JsonPropertyDescription("32 hexadecimal digits, as the vault names it.")
        String version,
    @Required @JsonPropertyDescription("What the version is for.") KeyVersionState state,
    @JsonPropertyDescription("When the vault made it.") @Nullable ZonedDateTime createdAt,
    @JsonPropertyDescription(
            "When another version took its place; its overlap is counted from here.")
        @Nullable ZonedDateTime supersededAt) {}
