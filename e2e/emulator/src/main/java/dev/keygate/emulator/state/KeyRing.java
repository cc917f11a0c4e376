package dev.keygate.emulator.state;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The lab's own RSA-2048 keys: made at the first use of a name, the same ever after. */
public final class KeyRing {

  private static final int SIZE_BITS = 2048;

  private final LabState state;
  private final SecureRandom random;
  private final ConcurrentMap<String, KeyPair> pairs = new ConcurrentHashMap<>();

  /**
   * @param state where the keys are kept
   * @param random what new keys are made of
   */
  public KeyRing(LabState state, SecureRandom random) {
    this.state = state;
    this.random = random;
  }

  /** Makes or loads several keys at once, on all processors. */
  public void prepare(Collection<String> names) {
    names.parallelStream().forEach(this::rsa);
  }

  /** The key of this name. */
  public KeyPair rsa(String name) {
    return pairs.computeIfAbsent(name, this::loadOrCreate);
  }

  private KeyPair loadOrCreate(String name) {
    String file = name + ".pkcs8";
    try {
      return state.read(file).isPresent() ? load(state.read(file).get()) : create(file);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "the state's " + file + " is no RSA key in PKCS#8; remove it to get a new one", e);
    }
  }

  private KeyPair create(String file) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(SIZE_BITS, random);
    KeyPair pair = generator.generateKeyPair();
    state.write(file, Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
    return pair;
  }

  private static KeyPair load(String text) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key =
        (RSAPrivateCrtKey)
            factory.generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text.trim())));
    return new KeyPair(
        factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
        key);
  }
}
