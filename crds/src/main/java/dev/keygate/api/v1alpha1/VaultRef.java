package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A vault, by its URL. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "self.url.matches('^https://[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.](vault|managedhsm)[.]"
            + "(azure[.]net|azure[.]cn|usgovcloudapi[.]net)/?$')",
    message =
        "url is https://<name>.<suffix> in lower case without credentials, port or path, where the"
            + " suffix is vault or managedhsm under azure.net, azure.cn or usgovcloudapi.net",
    fieldPath = ".url")
public record VaultRef(
    @Required
        @Size(min = 1, max = 128)
        @JsonPropertyDescription(
            "The URL of a Key Vault Premium or Managed HSM, such as https://contoso.vault.azure.net.")
        String url) {}
