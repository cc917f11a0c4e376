package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A policy in the vault's own grammar, or the name of a template for one.
 *
 * @param grammar null if a profile is given; its schema is unrolled by the CRD generator
 * @param profile null if a grammar is given
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.grammar) != has(self.profile)",
    message = "set exactly one of grammar and profile")
public record ReleasePolicySpec(
    @JsonPropertyDescription(
            "The release policy in the grammar of Azure Key Vault, verbatim: an existing policy can"
                + " be pasted as it is.")
        @SchemaFrom(type = Object.class)
        @Nullable Grammar grammar,
    @JsonPropertyDescription("A named template, expanded to a release policy.")
        @Nullable Profile profile) {}
