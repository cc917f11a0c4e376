package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a key may be used. A vault releases a key outside its validity period as well.
 *
 * @param notBefore null for no beginning
 * @param expires null for no end
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.notBefore) || !has(self.expires) || self.notBefore < self.expires",
    message = "notBefore is earlier than expires")
public record KeyAttributes(
    @Default("true")
        @JsonPropertyDescription("A disabled key is not released and cannot be used in the vault.")
        Boolean enabled,
    @JsonPropertyDescription("When the key's validity begins, in RFC 3339.")
        @Nullable ZonedDateTime notBefore,
    @JsonPropertyDescription("When the key's validity ends, in RFC 3339.")
        @Nullable ZonedDateTime expires) {

  /** Fills in what a manifest may leave out. */
  public KeyAttributes {
    enabled = Objects.requireNonNullElse(enabled, Boolean.TRUE);
  }
}
