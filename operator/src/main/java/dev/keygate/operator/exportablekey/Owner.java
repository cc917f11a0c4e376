package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.VaultKey;
import java.util.Map;

/**
 * The ExportableKey for which a key in the vault is made, and the tags that say so. Why tags, and
 * why these: docs/decisions/0005.
 *
 * @param uid the object's UID: another object of the same name has another one
 */
record Owner(String namespace, String name, String uid) {

  static final String OWNER_TAG = "keygate-owner";
  static final String UID_TAG = "keygate-owner-uid";

  private static final int MAX_TAG_LENGTH = 256;

  /** Whose a key in the vault is. */
  enum Claim {
    /** This object's. */
    OURS,
    /** Of no object, or of one of the same name that is gone or lives in another cluster. */
    FREE,
    /** Another object's. */
    ANOTHERS
  }

  /** The tags of a key that is ours. */
  Map<String, String> tags() {
    return Map.of(OWNER_TAG, displayName(), UID_TAG, uid);
  }

  Claim claimOn(VaultKey key) {
    return claimOn(key.properties().tags());
  }

  Claim claimOn(Map<String, String> tags) {
    if (uid.equals(tags.get(UID_TAG))) {
      return Claim.OURS;
    }
    String owner = tags.get(OWNER_TAG);
    return owner == null || owner.equals(displayName()) ? Claim.FREE : Claim.ANOTHERS;
  }

  private String displayName() {
    String text = namespace + "/" + name;
    return text.length() <= MAX_TAG_LENGTH ? text : text.substring(0, MAX_TAG_LENGTH);
  }
}
