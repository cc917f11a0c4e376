package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * An SGX enclave: all of a signer and product, or one build.
 *
 * @param mrSigner null if mrEnclave is given
 * @param productId null if mrEnclave is given
 * @param mrEnclave null if mrSigner is given
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.mrSigner) != has(self.mrEnclave)",
    message = "set exactly one of mrSigner and mrEnclave")
@ValidationRule(
    value = "has(self.mrSigner) == has(self.productId)",
    message = "productId goes with mrSigner: a signer alone is every product of that signer")
public record ProfileEnclave(
    @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]+$")
        @JsonPropertyDescription("MRSIGNER, 64 lower-case hexadecimal digits.")
        @Nullable String mrSigner,
    @Min(0) @Max(65_535) @JsonPropertyDescription("ISVPRODID of the signer's product.")
        @Nullable Integer productId,
    @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]+$")
        @JsonPropertyDescription("MRENCLAVE of one build, 64 lower-case hexadecimal digits.")
        @Nullable String mrEnclave) {}
