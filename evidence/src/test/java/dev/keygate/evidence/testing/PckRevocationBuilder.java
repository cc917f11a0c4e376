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
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;

/** Issues the lists of a vendor's root and of its CA. Not safe for use by several threads. */
public final class PckRevocationBuilder {

  private static final ASN1ObjectIdentifier NOBODYS = new ASN1ObjectIdentifier("1.2.840.113741.9");
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(30);

  private final SoftwareAuthority root;
  private final SoftwareAuthority ca;
  private final Instant now;
  private PckRevocationDefect defect = PckRevocationDefect.NONE;

  PckRevocationBuilder(SoftwareAuthority root, SoftwareAuthority ca, Instant now) {
    this.root = root;
    this.ca = ca;
    this.now = now;
  }

  /** Lets this go wrong. */
  public PckRevocationBuilder defect(PckRevocationDefect wrong) {
    defect = wrong;
    return this;
  }

  /** Both lists, for a platform whose endorsement they may revoke. */
  public PckRevocationLists build(SoftwareTdxPlatform platform) {
    RevocationList ofRoot = parse(ofRoot());
    RevocationList ofCa = parse(ofCa(platform));
    return defect == PckRevocationDefect.LISTS_SWAPPED
        ? new PckRevocationLists(/* ofRoot= */ ofCa, /* ofCa= */ ofRoot)
        : new PckRevocationLists(ofRoot, ofCa);
  }

  private Bytes ofRoot() {
    X509v2CRLBuilder list = list(root, now.minus(A_DAY));
    if (defect == PckRevocationDefect.CA_REVOKED) {
      revoke(list, ca.certificate().getSerialNumber());
    }
    if (defect == PckRevocationDefect.ROOT_LIST_EXPIRED) {
      list.setNextUpdate(Date.from(now.minus(AN_HOUR)));
    }
    return sign(list, EcContentSigner.sha256(root.key()));
  }

  private Bytes ofCa(SoftwareTdxPlatform platform) {
    Instant from =
        defect == PckRevocationDefect.LIST_NOT_YET_VALID ? now.plus(AN_HOUR) : now.minus(A_DAY);
    X509v2CRLBuilder list =
        defect == PckRevocationDefect.LIST_WITHOUT_NEXT_UPDATE
            ? new X509v2CRLBuilder(nameOf(ca), Date.from(from))
            : list(ca, from);
    BigInteger serial = platform.certificate().getSerialNumber();
    switch (defect) {
      case PCK_REVOKED -> revoke(list, serial);
      case OTHER_PCK_REVOKED -> revoke(list, serial.add(BigInteger.ONE));
      case LIST_EXPIRED -> list.setNextUpdate(Date.from(now.minus(AN_HOUR)));
      case LIST_WITH_UNKNOWN_CRITICAL_EXTENSION -> addCritical(list, NOBODYS, DERNull.INSTANCE);
      case LIST_PARTIAL -> addCritical(list, Extension.deltaCRLIndicator, new ASN1Integer(1));
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

  private static void addCritical(
      X509v2CRLBuilder list, ASN1ObjectIdentifier oid, ASN1Encodable value) {
    try {
      list.addExtension(oid, true, value);
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
