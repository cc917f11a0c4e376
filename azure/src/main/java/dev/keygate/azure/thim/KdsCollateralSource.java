package dev.keygate.azure.thim;

import dev.keygate.azure.http.Exchange;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * AMD's key distribution service, with its revocation list. It throttles hard and is outside Azure:
 * a last resort that nobody gets without asking for it (AMD 57230 §4).
 */
public final class KdsCollateralSource implements CollateralSource {

  /** AMD's service. */
  public static final URI AMD = URI.create("https://kdsintf.amd.com");

  /** As long as THIM lets it be kept: the list that comes along ages, not the endorsement. */
  private static final Duration CACHE_FOR = Duration.ofDays(1);

  private static final TcbComponent[] IN_ORDER = {
    TcbComponent.FMC,
    TcbComponent.BOOTLOADER,
    TcbComponent.TEE,
    TcbComponent.SNP,
    TcbComponent.MICROCODE
  };

  private final URI base;
  private final ChipRequests requests;

  /**
   * @param base the service, such as {@link #AMD}; scheme, host and port
   */
  public KdsCollateralSource(URI base, Exchange exchange, TimeSource time) {
    this.base = base;
    this.requests = new ChipRequests(ChipRequests.upstream("AMD's key service"), exchange, time);
  }

  @Override
  public AmdCertification collateral(AmdPlatform platform)
      throws FailureException, InterruptedException {
    requests.requireChip(platform);
    UnavailableException last =
        new UnavailableException(
            Reason.CollateralUnavailable,
            "AMD's key service has endorsements by product, and the report is of none it knows");
    for (SnpProduct product : platform.products()) {
      try {
        return collateral(product, platform);
      } catch (UnavailableException otherProductPerhaps) {
        last = otherProductPerhaps;
      }
    }
    throw last;
  }

  private AmdCertification collateral(SnpProduct product, AmdPlatform platform)
      throws FailureException, InterruptedException {
    String line = base + "/vcek/v1/" + product.vendorName() + "/";
    String chip = platform.chipId().slice(0, product.hardwareIdBytes()).hex();
    Bytes vcek =
        requests.get(URI.create(line + chip + "?" + levels(product, platform.reportedTcb())));
    Bytes issuers = requests.get(URI.create(line + "cert_chain"));
    Bytes revocations = requests.get(URI.create(line + "crl"));
    try {
      String pem = pemOf(vcek) + issuers.utf8();
      EndorsementChain chain =
          EndorsementChain.parsePem(pem).with(RevocationList.parse(revocations));
      return new AmdCertification(pem, chain, platform.reportedTcb(), CACHE_FOR);
    } catch (EvidenceFormatException malformed) {
      throw requests.malformed(line + " gave no AMD endorsement: " + malformed.getMessage());
    }
  }

  private static String levels(SnpProduct product, TcbVersion tcb) {
    StringJoiner levels = new StringJoiner("&");
    for (TcbComponent component : IN_ORDER) {
      tcb.patchLevel(product.tcbLayout(), component)
          .ifPresent(
              level -> levels.add(String.format(Locale.ROOT, "%s=%02d", nameOf(component), level)));
    }
    return levels.toString();
  }

  private static String nameOf(TcbComponent component) {
    return switch (component) {
      case FMC -> "fmcSPL";
      case BOOTLOADER -> "blSPL";
      case TEE -> "teeSPL";
      case SNP -> "snpSPL";
      case MICROCODE -> "ucodeSPL";
    };
  }

  private static String pemOf(Bytes der) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, lineEnd).encodeToString(der.toArray())
        + "\n-----END CERTIFICATE-----\n";
  }
}
