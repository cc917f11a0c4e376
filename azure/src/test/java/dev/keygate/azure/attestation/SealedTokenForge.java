package dev.keygate.azure.attestation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.testing.TokenForge;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals tokens as the authority does, and damages them. */
final class SealedTokenForge {

  private static final int TAG_BYTES = 16;

  private SealedTokenForge() {}

  static Parts seal(String token, byte[] key) {
    return seal(token, key, "Transport Key");
  }

  static Parts seal(String token, byte[] key, String associated) {
    byte[] iv = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BYTES * 8, iv));
      cipher.updateAAD(associated.getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = cipher.doFinal(token.getBytes(StandardCharsets.US_ASCII));
      int length = sealed.length - TAG_BYTES;
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.putObject("EncryptionParams").put("BlockMode", "ChainingModeGCM");
      return new Parts(node)
          .with("Jwt", Arrays.copyOf(sealed, length))
          .with("AuthenticationData", Arrays.copyOfRange(sealed, length, sealed.length))
          .with("Iv", iv)
          .with("EncryptedInnerKey", new byte[256]);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** The members of a sealed token, to be changed. */
  record Parts(ObjectNode node) {

    Parts with(String name, byte[] value) {
      ObjectNode copy = node.deepCopy();
      holder(copy, name).put(name, Base64.getEncoder().encodeToString(value));
      return new Parts(copy);
    }

    Parts without(String name) {
      ObjectNode copy = node.deepCopy();
      copy.remove(name);
      return new Parts(copy);
    }

    Parts flip(String name) {
      byte[] value = Base64.getDecoder().decode(holder(node, name).get(name).textValue());
      value[0] ^= 1;
      return with(name, value);
    }

    private static ObjectNode holder(ObjectNode node, String name) {
      return name.equals("Iv") ? (ObjectNode) node.get("EncryptionParams") : node;
    }

    String token() {
      return TokenForge.encode(node.toString());
    }
  }
}
