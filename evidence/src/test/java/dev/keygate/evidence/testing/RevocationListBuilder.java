package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.RevocationList;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;

/** Issues the lists of a vendor's root and of its CA. Not safe for use by several threads. */
public final class RevocationListBuilder {

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(30);

  private final SoftwareAuthority root;
  private final SoftwareAuthority ca;
  private final Instant now;
  private RevocationDefect defect = RevocationDefect.NONE;

  RevocationListBuilder(SoftwareAuthority root, SoftwareAuthority ca, Instant now) {
    this.root = root;
    this.ca = ca;
    this.now = now;
  }

  /** Lets this go wrong. */
  public RevocationListBuilder defect(RevocationDefect wrong) {
    defect = wrong;
    return this;
  }

  /** Both lists, for a platform whose endorsement they may revoke. */
  public PckRevocationLists build(SoftwareTdxPlatform platform) {
    RevocationList ofRoot = parse(ofRoot());
    RevocationList ofCa = parse(ofCa(platform));
    return defect == RevocationDefect.LISTS_SWAPPED
        ? new PckRevocationLists(/* ofRoot= */ ofCa, /* ofCa= */ ofRoot)
        : new PckRevocationLists(ofRoot, ofCa);
  }

  private Bytes ofRoot() {
    X509v2CRLBuilder list = list(root, now.minus(A_DAY));
    if (defect == RevocationDefect.CA_REVOKED) {
      revoke(list, ca.certificate().getSerialNumber());
    }
    if (defect == RevocationDefect.ROOT_LIST_EXPIRED) {
      list.setNextUpdate(Date.from(now.minus(AN_HOUR)));
    }
    return sign(list, EcContentSigner.sha256(root.key()));
  }

  private Bytes ofCa(SoftwareTdxPlatform platform) {
    Instant from =
        defect == RevocationDefect.LIST_NOT_YET_VALID ? now.plus(AN_HOUR) : now.minus(A_DAY);
    X509v2CRLBuilder list =
        defect == RevocationDefect.LIST_WITHOUT_NEXT_UPDATE
            ? new X509v2CRLBuilder(nameOf(ca), Date.from(from))
            : list(ca, from);
    BigInteger serial = platform.certificate().getSerialNumber();
    switch (defect) {
      case PCK_REVOKED -> revoke(list, serial);
      case OTHER_PCK_REVOKED -> revoke(list, serial.add(BigInteger.ONE));
      case LIST_EXPIRED -> list.setNextUpdate(Date.from(now.minus(AN_HOUR)));
      case LIST_WITH_UNKNOWN_CRITICAL_EXTENSION -> addUnknownExtension(list);
      default -> {}
    }
    return switch (defect) {
      case LIST_SIGNED_BY_OTHER_KEY -> sign(list, EcContentSigner.sha256(root.key()));
      case LIST_SIGNED_WITH_SHA384 -> sign(list, EcContentSigner.sha384(ca.key()));
      default -> sign(list, EcContentSigner.sha256(ca.key()));
    };
  }

  private static X509v2CRLBuilder list(SoftwareAuthority issuer, Instant from) {
    return new X509v2CRLBuilder(nameOf(issuer), Date.from(from))
        .setNextUpdate(Date.from(from.plus(LIFETIME)));
  }

  private static X500Name nameOf(SoftwareAuthority issuer) {
    return X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
  }

  private void revoke(X509v2CRLBuilder list, BigInteger serial) {
    list.addCRLEntry(serial, Date.from(now.minus(A_DAY)), CRLReason.keyCompromise);
  }

  private static void addUnknownExtension(X509v2CRLBuilder list) {
    try {
      list.addExtension(new ASN1ObjectIdentifier("1.2.840.113741.9"), true, DERNull.INSTANCE);
    } catch (IOException malformed) {
      throw new IllegalStateException("a list of the software platform", malformed);
    }
  }

  private static Bytes sign(X509v2CRLBuilder list, ContentSigner signer) {
    try {
      return Bytes.copyOf(list.build(signer).getEncoded());
    } catch (IOException malformed) {
      throw new IllegalStateException("a list of the software platform", malformed);
    }
  }

  private static RevocationList parse(Bytes der) {
    try {
      return RevocationList.parse(der);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException("a list of the software platform", malformed);
    }
  }
}
