package dev.keygate.operator.exportablekey;

import dev.keygate.api.compile.KeyAddress;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.api.v1alpha1.KeyAttributes;
import dev.keygate.api.v1alpha1.KeyCurve;
import dev.keygate.api.v1alpha1.KeyOperation;
import dev.keygate.api.v1alpha1.KeyType;
import dev.keygate.api.v1alpha1.PolicyImmutability;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The key that a spec asks for, in the vault's terms. */
record DesiredKey(Owner owner, ExportableKeySpec spec, ReleasePolicyDocument policy) {

  /**
   * Which key a spec is about.
   *
   * @throws EndpointFormatException if it names no vault or no key; the API server has refused that
   *     before, unless the kinds were installed without their rules
   */
  static KeyIdentifier identifier(Owner owner, ExportableKeySpec spec)
      throws EndpointFormatException {
    return KeyAddress.of(owner.name(), spec);
  }

  KeyCreation creation() {
    KeyProperties properties = new KeyProperties(operations(), lifetime(), tags());
    return new KeyCreation(shape(), properties, vaultPolicy());
  }

  KeyShape shape() {
    int bits = Objects.requireNonNullElse(spec.keySizeBits(), 0);
    return switch (spec.keyType()) {
      case RSA_HSM -> new KeyShape.Rsa(spec.keyType().wireName(), bits);
      case EC_HSM -> new KeyShape.Ec(spec.keyType().wireName(), curve(spec.curve()));
      case OCT_HSM -> new KeyShape.Oct(spec.keyType().wireName(), OptionalInt.of(bits));
    };
  }

  /** The vault's {@code key_ops}; a spec that names none means all that the type can do. */
  List<String> operations() {
    List<KeyOperation> asked = spec.keyOperations();
    return (asked.isEmpty() ? all(spec.keyType()) : asked)
        .stream().map(KeyOperation::wireName).toList();
  }

  private static List<KeyOperation> all(KeyType type) {
    return switch (type) {
      case RSA_HSM -> List.of(KeyOperation.values());
      case EC_HSM -> List.of(KeyOperation.SIGN, KeyOperation.VERIFY);
      case OCT_HSM ->
          List.of(
              KeyOperation.ENCRYPT,
              KeyOperation.DECRYPT,
              KeyOperation.WRAP_KEY,
              KeyOperation.UNWRAP_KEY);
    };
  }

  /**
   * A beginning or end that the spec leaves out is left to the vault: there is no way to clear it.
   */
  KeyLifetime lifetime() {
    KeyAttributes attributes = spec.attributes();
    return attributes == null
        ? KeyLifetime.UNLIMITED
        : new KeyLifetime(
            attributes.enabled(), time(attributes.notBefore()), time(attributes.expires()));
  }

  /** Exactly the spec's and the owner's. */
  Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>(spec.tags());
    tags.putAll(owner.tags());
    return tags;
  }

  VaultReleasePolicy vaultPolicy() {
    return new VaultReleasePolicy(
        CanonicalWriter.write(policy),
        spec.policyImmutability() == PolicyImmutability.Immutable
            ? VaultReleasePolicy.Mutability.IMMUTABLE
            : VaultReleasePolicy.Mutability.MUTABLE);
  }

  private static String curve(@Nullable KeyCurve curve) {
    return curve == null ? "" : curve.wireName();
  }

  private static Optional<Instant> time(@Nullable ZonedDateTime time) {
    return Optional.ofNullable(time).map(t -> t.toInstant().truncatedTo(ChronoUnit.SECONDS));
  }
}
