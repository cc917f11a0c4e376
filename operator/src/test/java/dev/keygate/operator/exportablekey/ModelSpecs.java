package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.Adoption;
import dev.keygate.api.v1alpha1.DeletionMode;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.api.v1alpha1.Grammar;
import dev.keygate.api.v1alpha1.GrammarAuthority;
import dev.keygate.api.v1alpha1.GrammarCondition;
import dev.keygate.api.v1alpha1.KeyAttributes;
import dev.keygate.api.v1alpha1.KeyCurve;
import dev.keygate.api.v1alpha1.KeyOperation;
import dev.keygate.api.v1alpha1.KeyRotation;
import dev.keygate.api.v1alpha1.KeyType;
import dev.keygate.api.v1alpha1.PolicyChange;
import dev.keygate.api.v1alpha1.PolicyChangeStrategy;
import dev.keygate.api.v1alpha1.PolicyImmutability;
import dev.keygate.api.v1alpha1.ReleasePolicyRef;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.api.v1alpha1.SoftDeletedName;
import dev.keygate.api.v1alpha1.VaultRef;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Specs that users write, few enough of each kind that they get into each other's way. */
record ModelSpecs(Random random) {

  static final List<String> POLICIES = List.of("cvm", "cvm-strict");
  static final List<String> KEY_NAMES = List.of("orders", "orders", "orders", "Orders", "invoices");

  private static final List<String> VALUES = List.of("v1", "v2", "v3");

  /** Of a new object. RSA is left out, because making such a key takes as long as a sequence. */
  ExportableKeySpec any() {
    boolean isHsm = random.nextInt(3) == 0;
    KeyType type = isHsm && random.nextBoolean() ? KeyType.OCT_HSM : KeyType.EC_HSM;
    ExportableKeySpec first =
        new ExportableKeySpec(
            new VaultRef("https://" + (isHsm ? ModelVaults.HSM : ModelVaults.VAULT)),
            random.nextInt(5) == 0 ? null : pick(KEY_NAMES),
            type,
            type == KeyType.OCT_HSM ? 256 : null,
            type == KeyType.OCT_HSM
                ? null
                : random.nextInt(8) == 0 ? KeyCurve.P_384 : KeyCurve.P_256,
            List.of(),
            null,
            Map.of(),
            new ReleasePolicyRef(pick(POLICIES)),
            PolicyImmutability.Mutable,
            new PolicyChange(PolicyChangeStrategy.Replace),
            new KeyRotation(3600),
            pick(List.of(Adoption.values())),
            pick(List.of(SoftDeletedName.values())),
            pick(List.of(DeletionMode.values())),
            List.of());
    return random.nextBoolean() ? first : edited(first);
  }

  /** With another value in one of the places that may change. */
  ExportableKeySpec edited(ExportableKeySpec old) {
    int what = random.nextInt(9);
    return new ExportableKeySpec(
        old.vault(),
        old.keyName(),
        old.keyType(),
        old.keySizeBits(),
        old.curve(),
        what == 0 ? operations(old.keyType()) : old.keyOperations(),
        what == 1 ? attributes() : old.attributes(),
        what == 2 ? tags() : old.tags(),
        what == 3 ? new ReleasePolicyRef(pick(POLICIES)) : old.releasePolicyRef(),
        what == 4 && random.nextInt(3) == 0
            ? PolicyImmutability.Immutable
            : old.policyImmutability(),
        old.policyChange(),
        what == 5 ? new KeyRotation(pick(List.of(1, 600, 86_400))) : old.rotation(),
        what == 6 ? pick(List.of(Adoption.values())) : old.adoption(),
        what == 7 ? pick(List.of(SoftDeletedName.values())) : old.softDeletedName(),
        what == 8 ? pick(List.of(DeletionMode.values())) : old.deletion(),
        old.consumers());
  }

  private List<KeyOperation> operations(KeyType type) {
    return switch (random.nextInt(3)) {
      case 0 -> List.of();
      case 1 -> List.of(type == KeyType.OCT_HSM ? KeyOperation.DECRYPT : KeyOperation.SIGN);
      default ->
          type == KeyType.OCT_HSM
              ? List.of(KeyOperation.UNWRAP_KEY, KeyOperation.WRAP_KEY)
              : List.of(KeyOperation.VERIFY, KeyOperation.SIGN);
    };
  }

  private @Nullable KeyAttributes attributes() {
    ZonedDateTime later = ModelClock.START.plusSeconds(90_000_000).atZone(ZoneOffset.UTC);
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new KeyAttributes(false, null, null);
      case 2 -> new KeyAttributes(true, null, later.plusDays(random.nextInt(2)));
      default -> new KeyAttributes(true, later, null);
    };
  }

  Map<String, String> tags() {
    return random.nextBoolean() ? Map.of() : Map.of("team", pick(VALUES));
  }

  /** A policy, sometimes one that no vault would evaluate. */
  ReleasePolicySpec policy() {
    GrammarCondition condition =
        random.nextInt(6) == 0
            ? new GrammarCondition("c", null, null, 1, null, null, null, null, null, null)
            : GrammarCondition.claimEquals("c", pick(VALUES));
    GrammarAuthority authority =
        new GrammarAuthority("https://sharedweu.weu.attest.azure.net", List.of(condition), null);
    return new ReleasePolicySpec(new Grammar("1.0.0", List.of(authority)), null);
  }

  /** A policy in JSON, spelled as somebody else spells it. */
  String policyJson() {
    return "{ \"anyOf\" : [ { \"allOf\" : [ { \"equals\" : \""
        + pick(VALUES)
        + "\", \"claim\" : \"c\" } ], \"authority\" : \"https://SharedWeu.weu.attest.azure.net/\""
        + " } ], \"version\" : \"1.0.0\" }";
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
