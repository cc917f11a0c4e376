package dev.keygate.evidence.testing;

import dev.keygate.evidence.snp.SnpProduct;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Set;

/**
 * Keeps the root and signing key of a software vendor in a folder of PEM files, because keys of the
 * vendor's size take seconds to make. The folder is written beside its place and moved there as a
 * whole, so two processes that start at once end with one vendor.
 */
public final class SoftwareAmdFolder {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final SecureRandom random;

  /** A folder that need not exist yet; its parent must. */
  public SoftwareAmdFolder(Path folder, SecureRandom random) {
    this.folder = folder;
    this.random = random;
  }

  /**
   * The vendor kept here, made first if there is none.
   *
   * @param rsaKeySizeBits the size of keys that are made; kept ones have the size they have
   * @param notBefore from when on certificates that are made are valid
   * @throws IOException if the folder cannot be read or written, or holds something else
   */
  public SoftwareAmd openOrCreate(SnpProduct product, int rsaKeySizeBits, Instant notBefore)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      store(SoftwareAmd.create(product, rsaKeySizeBits, notBefore, random));
    }
    return new SoftwareAmd(product, authority("ark"), authority("ask"), random);
  }

  private void store(SoftwareAmd amd) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Path draft = Files.createTempDirectory(parent, "software-amd", OWNER_ONLY);
    write(draft, "ark", amd.ark());
    write(draft, "ask", amd.ask());
    try {
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException occupied) {
      discard(draft);
      if (!Files.isDirectory(folder)) {
        throw occupied;
      }
    }
  }

  private static void discard(Path draft) throws IOException {
    for (String name : new String[] {"ark", "ask"}) {
      Files.deleteIfExists(draft.resolve(name + ".pem"));
      Files.deleteIfExists(draft.resolve(name + "-key.pem"));
    }
    Files.deleteIfExists(draft);
  }

  private static void write(Path to, String name, SoftwareAuthority authority) throws IOException {
    Files.writeString(to.resolve(name + ".pem"), Pem.certificate(authority.certificate()));
    Files.writeString(to.resolve(name + "-key.pem"), Pem.privateKey(authority.key()));
  }

  private SoftwareAuthority authority(String name) throws IOException {
    byte[] certificate = Pem.der(Files.readString(folder.resolve(name + ".pem")));
    byte[] key = Pem.der(Files.readString(folder.resolve(name + "-key.pem")));
    return new SoftwareAuthority(privateKey(key), CertificateDraft.parse(certificate));
  }

  private PrivateKey privateKey(byte[] pkcs8) throws IOException {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException malformed) {
      throw new IOException(folder + " holds something else than keys of a vendor", malformed);
    }
  }
}
