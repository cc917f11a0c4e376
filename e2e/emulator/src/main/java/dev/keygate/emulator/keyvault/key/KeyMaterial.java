package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.evidence.bytes.Bytes;

/**
 * What a key is made of. The lab's keys protect nothing: {@link Bytes} is good enough for them.
 *
 * @param exported what a release wraps: PKCS#8 PrivateKeyInfo in DER, or the raw octets of a
 *     symmetric key
 * @param publicMembers the public members of the JWK as JSON text: n and e, or crv, x and y, or
 *     none
 */
public record KeyMaterial(Bytes exported, String publicMembers) {

  /** The public members, parsed. */
  public ObjectNode members() {
    try {
      return Json.parseObject(publicMembers);
    } catch (MalformedTextException e) {
      throw new IllegalStateException("the public members of a key are no JSON", e);
    }
  }

  static KeyMaterial of(byte[] exported, ObjectNode publicMembers) {
    return new KeyMaterial(Bytes.copyOf(exported), publicMembers.toString());
  }

  /** Shows the public part. */
  @Override
  public String toString() {
    return "KeyMaterial[" + publicMembers + "]";
  }
}
