package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/** What happens to earlier versions when the key is rotated. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyRotation(
    @Default("86400")
        @Min(1)
        @Max(2_592_000)
        @JsonPropertyDescription(
            "How long a version is still served after another one has become current, counted from"
                + " the creation of that one; 30 days at most.")
        Integer overlapSeconds) {

  private static final int ONE_DAY_SECONDS = 86_400;

  /** What holds where a manifest says nothing. */
  public static final KeyRotation DEFAULT = new KeyRotation(ONE_DAY_SECONDS);

  /** Fills in what a manifest may leave out. */
  public KeyRotation {
    overlapSeconds = Objects.requireNonNullElse(overlapSeconds, ONE_DAY_SECONDS);
  }
}
