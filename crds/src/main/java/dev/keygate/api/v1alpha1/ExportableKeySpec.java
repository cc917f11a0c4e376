package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key that shall exist, and what may be done to make it so.
 *
 * @param keyName null if the object's own name is the key's name
 * @param keySizeBits null for EC-HSM
 * @param curve null for RSA-HSM and oct-HSM
 * @param keyOperations empty for all that the key type has
 * @param attributes null if left out: enabled, without validity period
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.vault.url == oldSelf.vault.url",
    message = "vault.url is immutable: create another ExportableKey for another vault")
@ValidationRule(
    value =
        "has(self.keyName) == has(oldSelf.keyName)"
            + " && (!has(self.keyName) || self.keyName == oldSelf.keyName)",
    message = "keyName is immutable: create another ExportableKey for another key")
@ValidationRule(
    value = "self.keyType == oldSelf.keyType",
    message = "keyType is immutable: a vault cannot change the type of a key")
@ValidationRule(
    value =
        "has(self.keySizeBits) == has(oldSelf.keySizeBits)"
            + " && (!has(self.keySizeBits) || self.keySizeBits == oldSelf.keySizeBits)"
            + " && has(self.curve) == has(oldSelf.curve)"
            + " && (!has(self.curve) || self.curve == oldSelf.curve)",
    message = "keySizeBits and curve are immutable: create another ExportableKey")
@ValidationRule(
    value = "self.keyType != 'EC-HSM' || (has(self.curve) && !has(self.keySizeBits))",
    message = "an EC-HSM key takes curve and no keySizeBits")
@ValidationRule(
    value =
        "self.keyType != 'RSA-HSM' || (!has(self.curve) && has(self.keySizeBits)"
            + " && self.keySizeBits in [2048, 3072, 4096])",
    message = "an RSA-HSM key takes keySizeBits 2048, 3072 or 4096 and no curve")
@ValidationRule(
    value =
        "self.keyType != 'oct-HSM' || (!has(self.curve) && has(self.keySizeBits)"
            + " && self.keySizeBits in [128, 192, 256])",
    message = "an oct-HSM key takes keySizeBits 128, 192 or 256 and no curve")
@ValidationRule(
    value = "self.keyType != 'oct-HSM' || self.vault.url.contains('.managedhsm.')",
    message = "an oct-HSM key needs a Managed HSM: a Key Vault releases RSA-HSM and EC-HSM keys")
@ValidationRule(
    value =
        "!has(self.keyOperations) || self.keyType != 'EC-HSM'"
            + " || self.keyOperations.all(o, o in ['sign', 'verify'])",
    message = "an EC-HSM key can only sign and verify")
@ValidationRule(
    value =
        "!has(self.keyOperations) || self.keyType != 'oct-HSM'"
            + " || self.keyOperations.all(o, o in ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'])",
    message = "an oct-HSM key can only encrypt, decrypt, wrapKey and unwrapKey")
@ValidationRule(
    value = "!has(self.tags) || self.tags.all(t, !t.startsWith('keygate-'))",
    message = "names of tags that begin with keygate- are reserved: they say whose the key is",
    fieldPath = ".tags")
@ValidationRule(
    value = "oldSelf.policyImmutability != 'Immutable' || self.policyImmutability == 'Immutable'",
    message =
        "policyImmutability is one-way: a vault never makes an immutable policy mutable again")
public record ExportableKeySpec(
    @Required @JsonPropertyDescription("The vault that holds the key.") VaultRef vault,
    @Size(min = 1, max = 127)
        @Pattern("^[0-9a-zA-Z-]+$")
        @JsonPropertyDescription("The key's name in the vault; by default the name of this object.")
        @Nullable String keyName,
    @Required @JsonPropertyDescription("The type of the key; only HSM types can be released.")
        KeyType keyType,
    @Min(128)
        @Max(4096)
        @JsonPropertyDescription(
            "The size of an RSA-HSM key (2048, 3072, 4096) or of an oct-HSM key (128, 192, 256).")
        @Nullable Integer keySizeBits,
    @JsonPropertyDescription("The curve of an EC-HSM key.") @Nullable KeyCurve curve,
    @Size(max = 6)
        @JsonPropertyDescription(
            "What the key may be used for, in the vault and by whoever it is released to; by"
                + " default all that its type can do.")
        List<KeyOperation> keyOperations,
    @JsonPropertyDescription("Whether and when the key may be used.")
        @Nullable KeyAttributes attributes,
    @JsonPropertyDescription(
            "The key's tags in the vault: at most 13, of 256 characters each; two more are ours.")
        Map<String, String> tags,
    @Required @JsonPropertyDescription("The ReleasePolicy in this namespace that guards the key.")
        ReleasePolicyRef releasePolicyRef,
    @Default("Mutable")
        @JsonPropertyDescription(
            "Immutable tells the vault never to accept another release policy for this key. There"
                + " is no way back.")
        PolicyImmutability policyImmutability,
    @JsonPropertyDescription("How a changed release policy reaches the vault.")
        PolicyChange policyChange,
    @JsonPropertyDescription("What happens to earlier versions when the key is rotated.")
        KeyRotation rotation,
    @Default("Never")
        @JsonPropertyDescription(
            "Whether a key that exists under this name may be taken over. A key that is not"
                + " exportable never can be.")
        Adoption adoption,
    @Default("Refuse")
        @JsonPropertyDescription("What to do when the name belongs to a soft-deleted key.")
        SoftDeletedName softDeletedName,
    @Default("Retain")
        @JsonPropertyDescription(
            "What happens to the key when this object is deleted. Keys are never purged.")
        DeletionMode deletion,
    @Size(max = 64)
        @JsonPropertyDescription("The service accounts of this namespace whose pods get the key.")
        List<Consumer> consumers) {

  /** Fills in what a manifest may leave out. */
  public ExportableKeySpec {
    keyOperations = List.copyOf(Objects.requireNonNullElse(keyOperations, List.of()));
    tags = Map.copyOf(Objects.requireNonNullElse(tags, Map.of()));
    policyImmutability = Objects.requireNonNullElse(policyImmutability, PolicyImmutability.Mutable);
    policyChange =
        Objects.requireNonNullElse(policyChange, new PolicyChange(PolicyChangeStrategy.Replace));
    rotation = Objects.requireNonNullElse(rotation, KeyRotation.DEFAULT);
    adoption = Objects.requireNonNullElse(adoption, Adoption.Never);
    softDeletedName = Objects.requireNonNullElse(softDeletedName, SoftDeletedName.Refuse);
    deletion = Objects.requireNonNullElse(deletion, DeletionMode.Retain);
    consumers = List.copyOf(Objects.requireNonNullElse(consumers, List.of()));
  }
}
