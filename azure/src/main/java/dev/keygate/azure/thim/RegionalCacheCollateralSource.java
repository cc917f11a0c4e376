package dev.keygate.azure.thim;

import dev.keygate.azure.http.Exchange;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * THIM's own cache, which has the endorsements of Azure's chips at older TCBs as well, and is
 * reached where the metadata service is not.
 */
public final class RegionalCacheCollateralSource implements CollateralSource {

  /** The address that leads to the nearest region. */
  public static final URI NEAREST = URI.create("https://global.acccache.azure.net");

  /** The service does not say for how long: an endorsement of one chip and TCB never changes. */
  private static final Duration CACHE_FOR = Duration.ofDays(1);

  private static final String QUERY = "?api-version=2020-10-15-preview";

  private final URI base;
  private final ChipRequests requests;

  /**
   * @param base the service, such as {@link #NEAREST}; scheme, host and port
   */
  public RegionalCacheCollateralSource(URI base, Exchange exchange, TimeSource time) {
    this.base = base;
    this.requests =
        new ChipRequests(ChipRequests.upstream("THIM's regional cache"), exchange, time);
  }

  /** The cache spells the TCB as a number, without leading zeros. */
  @Override
  public AmdCertification collateral(AmdPlatform platform)
      throws FailureException, InterruptedException {
    requests.requireChip(platform);
    String tcb = Long.toHexString(platform.reportedTcb().raw()).toLowerCase(Locale.ROOT);
    URI uri =
        URI.create(base + "/SevSnpVM/certificates/" + platform.chipId().hex() + "/" + tcb + QUERY);
    Bytes pem = requests.get(uri);
    try {
      EndorsementChain chain = EndorsementChain.parsePem(pem.utf8());
      return new AmdCertification(pem.utf8(), chain, platform.reportedTcb(), CACHE_FOR);
    } catch (EvidenceFormatException malformed) {
      throw requests.malformed(base + " gave no AMD endorsement: " + malformed.getMessage());
    }
  }
}
