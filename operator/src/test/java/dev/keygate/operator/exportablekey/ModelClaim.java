package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose a key in a vault is, as docs/decisions/0005 has it; worked out without the code under test.
 */
enum ModelClaim {
  OURS,
  FREE,
  ANOTHERS;

  static ModelClaim of(ExportableKey key, Map<String, String> tags) {
    if (key.getMetadata().getUid().equals(tags.get("keygate-owner-uid"))) {
      return OURS;
    }
    String owner = tags.getOrDefault("keygate-owner", name(key));
    return owner.equals(name(key)) ? FREE : ANOTHERS;
  }

  /** The tags that a key of this object has, and no others. */
  static Map<String, String> tags(ExportableKey key) {
    Map<String, String> tags = new HashMap<>(key.getSpec().tags());
    tags.put("keygate-owner", name(key));
    tags.put("keygate-owner-uid", key.getMetadata().getUid());
    return tags;
  }

  private static String name(ExportableKey key) {
    return key.getMetadata().getNamespace() + "/" + key.getMetadata().getName();
  }
}
