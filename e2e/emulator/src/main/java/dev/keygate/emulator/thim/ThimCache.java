package dev.keygate.emulator.thim;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.TcbVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * THIM's caches, {@code global.acccache.azure.net} and {@code <region>.thim.azure.net}: {@code
 * /SevSnpVM/certificates/{chip}/{tcb}}, and Intel's collateral.
 */
public final class ThimCache implements HttpService {

  /** The host that leads to the nearest cache. */
  public static final String GLOBAL_HOST = "global.acccache.azure.net";

  private static final Set<String> API_VERSIONS = Set.of("2020-10-15-preview");

  private final ChipEndorsements chips;
  private final IntelCollateral intel;

  /** What AMD has of Azure's chips. */
  public interface ChipEndorsements {

    /** VCEK, ASK and ARK in PEM; empty for an unknown chip or TCB. */
    Optional<String> chainPem(Bytes chipId, TcbVersion tcb);
  }

  /** The host of a region's own cache. */
  public static String hostIn(String location) {
    return location + ".thim.azure.net";
  }

  /** A cache of these. */
  public ThimCache(ChipEndorsements chips, IntelCollateral intel) {
    this.chips = chips;
    this.intel = intel;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    List<String> path =
        request.segments().stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
    if (path.size() == 4 && path.subList(0, 2).equals(List.of("sevsnpvm", "certificates"))) {
      return amd(path.get(2), path.get(3), request);
    }
    return intel.answer(String.join("/", path), request).orElseGet(ThimRefusals::notFound);
  }

  private HttpResponse amd(String chip, String tcb, HttpRequest request) {
    if (!request.method().equals("GET")) {
      return ThimRefusals.of(405, "The method is not allowed.");
    }
    if (!API_VERSIONS.contains(request.parameter("api-version").orElse(""))) {
      return ThimRefusals.of(400, "The api-version is missing or not supported.");
    }
    if (!chip.matches("[0-9a-f]{128}") || !tcb.matches("[0-9a-f]{1,16}")) {
      return ThimRefusals.of(400, "A chip of 128 and a TCB of 16 hexadecimal digits are expected.");
    }
    return chips
        .chainPem(Bytes.fromHex(chip), new TcbVersion(Long.parseUnsignedLong(tcb, 16)))
        .map(pem -> HttpResponse.text(200, pem).with("Content-Type", "application/x-pem-file"))
        .orElseGet(ThimRefusals::notFound);
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return ThimRefusals.of(status, sentence);
  }
}
