package dev.keygate.emulator.keyvault.change;

import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/** The parts that every new version has of its own. */
record NewVersion(SecureRandom random, TimeSource time) {

  private static final int ID_BYTES = 16;

  String id() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64Text.hex(id);
  }

  KeyAttributes attributes(KeyBody body) throws VaultRefusedException {
    long now = time.now().getEpochSecond();
    return new KeyAttributes(
        body.enabled().orElse(true), body.seconds("nbf"), body.seconds("exp"), now, now);
  }
}
