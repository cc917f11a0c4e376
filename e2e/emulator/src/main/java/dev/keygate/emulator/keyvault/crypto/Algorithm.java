package dev.keygate.emulator.keyvault.crypto;

import dev.keygate.emulator.keyvault.key.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The values of {@code alg} (RFC 7518 and the vault's own). */
sealed interface Algorithm {

  String wireName();

  /** The algorithm of this name; letter case counts. */
  static Optional<Algorithm> find(String wireName) {
    return List.of(
            RsaEncryption.values(), RsaSignature.values(), EcSignature.values(), AesCipher.values())
        .stream()
        .flatMap(Arrays::<Algorithm>stream)
        .filter(one -> one.wireName().equals(wireName))
        .findFirst();
  }

  /** RSA encryption schemes, for data and for keys. */
  enum RsaEncryption implements Algorithm {
    PKCS1("RSA1_5"),
    OAEP("RSA-OAEP"),
    OAEP_256("RSA-OAEP-256");

    private final String wireName;

    RsaEncryption(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** RSA signature schemes over a digest. */
  enum RsaSignature implements Algorithm {
    RS256(Sha.SHA_256, Padding.PKCS1),
    RS384(Sha.SHA_384, Padding.PKCS1),
    RS512(Sha.SHA_512, Padding.PKCS1),
    PS256(Sha.SHA_256, Padding.PSS),
    PS384(Sha.SHA_384, Padding.PSS),
    PS512(Sha.SHA_512, Padding.PSS);

    private final Sha sha;
    private final Padding padding;

    enum Padding {
      PKCS1,
      PSS
    }

    RsaSignature(Sha sha, Padding padding) {
      this.sha = sha;
      this.padding = padding;
    }

    @Override
    public String wireName() {
      return name();
    }

    Sha sha() {
      return sha;
    }

    Padding padding() {
      return padding;
    }
  }

  /** ECDSA over a digest, each on its curve. */
  enum EcSignature implements Algorithm {
    ES256(Sha.SHA_256, Curve.P_256),
    ES256K(Sha.SHA_256, Curve.P_256K),
    ES384(Sha.SHA_384, Curve.P_384),
    ES512(Sha.SHA_512, Curve.P_521);

    private final Sha sha;
    private final Curve curve;

    EcSignature(Sha sha, Curve curve) {
      this.sha = sha;
      this.curve = curve;
    }

    @Override
    public String wireName() {
      return name();
    }

    Sha sha() {
      return sha;
    }

    Curve curve() {
      return curve;
    }
  }

  /** AES modes; those of the mode KW are for keys, the others for data. */
  enum AesCipher implements Algorithm {
    A128KW(128, Mode.KW),
    A192KW(192, Mode.KW),
    A256KW(256, Mode.KW),
    A128GCM(128, Mode.GCM),
    A192GCM(192, Mode.GCM),
    A256GCM(256, Mode.GCM),
    A128CBC(128, Mode.CBC),
    A192CBC(192, Mode.CBC),
    A256CBC(256, Mode.CBC),
    A128CBCPAD(128, Mode.CBC_PAD),
    A192CBCPAD(192, Mode.CBC_PAD),
    A256CBCPAD(256, Mode.CBC_PAD);

    private final int keySizeBits;
    private final Mode mode;

    enum Mode {
      KW("AES/KW/NoPadding"),
      GCM("AES/GCM/NoPadding"),
      CBC("AES/CBC/NoPadding"),
      CBC_PAD("AES/CBC/PKCS5Padding");

      private final String transformation;

      Mode(String transformation) {
        this.transformation = transformation;
      }

      String transformation() {
        return transformation;
      }
    }

    AesCipher(int keySizeBits, Mode mode) {
      this.keySizeBits = keySizeBits;
      this.mode = mode;
    }

    @Override
    public String wireName() {
      return name();
    }

    int keySizeBits() {
      return keySizeBits;
    }

    Mode mode() {
      return mode;
    }
  }
}
