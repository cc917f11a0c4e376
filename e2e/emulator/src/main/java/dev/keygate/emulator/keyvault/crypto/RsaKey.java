package dev.keygate.emulator.keyvault.crypto;

import dev.keygate.emulator.keyvault.crypto.Algorithm.RsaEncryption;
import dev.keygate.emulator.keyvault.crypto.Algorithm.RsaSignature;
import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** RSA with a vault's key (RFC 8017). */
final class RsaKey {

  private final RSAPrivateCrtKeyParameters key;
  private final SecureRandom random;

  RsaKey(Bytes pkcs8, SecureRandom random) {
    try {
      this.key = (RSAPrivateCrtKeyParameters) PrivateKeyFactory.createKey(pkcs8.toArray());
    } catch (IOException e) {
      throw new IllegalStateException("the material of an RSA key is no PKCS#8", e);
    }
    this.random = random;
  }

  Bytes encrypt(RsaEncryption scheme, Bytes plaintext) throws CryptoException {
    AsymmetricBlockCipher cipher = cipher(scheme);
    cipher.init(true, new ParametersWithRandom(publicKey(), random));
    if (plaintext.size() > cipher.getInputBlockSize()) {
      throw new CryptoException("at most " + cipher.getInputBlockSize() + " octets are expected");
    }
    return run(cipher, plaintext);
  }

  Bytes decrypt(RsaEncryption scheme, Bytes ciphertext) throws CryptoException {
    AsymmetricBlockCipher cipher = cipher(scheme);
    cipher.init(false, new ParametersWithRandom(key, random));
    if (ciphertext.size() != (key.getModulus().bitLength() + 7) / 8) {
      throw new CryptoException("a ciphertext as long as the modulus is expected");
    }
    return run(cipher, ciphertext);
  }

  Bytes sign(RsaSignature scheme, Bytes digest) throws CryptoException {
    requireDigest(scheme, digest);
    return switch (scheme.padding()) {
      case PKCS1 -> {
        AsymmetricBlockCipher cipher = new PKCS1Encoding(new RSABlindedEngine());
        cipher.init(true, new ParametersWithRandom(key, random));
        yield run(cipher, digestInfo(scheme, digest));
      }
      case PSS -> {
        PSSSigner signer = pss(scheme);
        signer.init(true, new ParametersWithRandom(key, random));
        signer.update(digest.toArray(), 0, digest.size());
        try {
          yield Bytes.copyOf(signer.generateSignature());
        } catch (org.bouncycastle.crypto.CryptoException e) {
          throw new IllegalStateException("an RSA key does not sign", e);
        }
      }
    };
  }

  boolean isSignature(RsaSignature scheme, Bytes digest, Bytes signature) throws CryptoException {
    requireDigest(scheme, digest);
    if (signature.size() != (key.getModulus().bitLength() + 7) / 8) {
      return false;
    }
    return switch (scheme.padding()) {
      case PKCS1 -> {
        AsymmetricBlockCipher cipher = new PKCS1Encoding(new RSABlindedEngine());
        cipher.init(false, publicKey());
        byte[] expected = digestInfo(scheme, digest).toArray();
        try {
          yield MessageDigest.isEqual(run(cipher, signature).toArray(), expected);
        } catch (CryptoException e) {
          yield false;
        }
      }
      case PSS -> {
        PSSSigner signer = pss(scheme);
        signer.init(false, publicKey());
        signer.update(digest.toArray(), 0, digest.size());
        yield signer.verifySignature(signature.toArray());
      }
    };
  }

  private static void requireDigest(RsaSignature scheme, Bytes digest) throws CryptoException {
    if (digest.size() != scheme.sha().bytes()) {
      throw new CryptoException(
          scheme.wireName() + " requires a digest of " + scheme.sha().bytes() + " octets");
    }
  }

  private static PSSSigner pss(RsaSignature scheme) {
    return PSSSigner.createRawSigner(
        new RSABlindedEngine(),
        scheme.sha().engine(),
        scheme.sha().engine(),
        scheme.sha().bytes(),
        (byte) 0xbc);
  }

  private static Bytes digestInfo(RsaSignature scheme, Bytes digest) {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(scheme.sha().identifier(), DERNull.INSTANCE);
    try {
      return Bytes.copyOf(new DigestInfo(algorithm, digest.toArray()).getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException("a digest has no encoding", e);
    }
  }

  private static AsymmetricBlockCipher cipher(RsaEncryption scheme) {
    return switch (scheme) {
      case PKCS1 -> new PKCS1Encoding(new RSABlindedEngine());
      case OAEP -> new OAEPEncoding(new RSABlindedEngine(), new SHA1Digest());
      case OAEP_256 -> new OAEPEncoding(new RSABlindedEngine(), new SHA256Digest());
    };
  }

  private static Bytes run(AsymmetricBlockCipher cipher, Bytes input) throws CryptoException {
    try {
      return Bytes.copyOf(cipher.processBlock(input.toArray(), 0, input.size()));
    } catch (InvalidCipherTextException | DataLengthException e) {
      throw new CryptoException("octets that this key encrypted are expected");
    }
  }

  private AsymmetricKeyParameter publicKey() {
    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
  }
}
