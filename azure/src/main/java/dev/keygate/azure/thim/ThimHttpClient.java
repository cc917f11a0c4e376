package dev.keygate.azure.thim;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.StatusClass;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.util.Set;

/** The host's part of THIM, behind the instance metadata service. */
public final class ThimHttpClient implements ThimClient {

  private static final Upstream THIM =
      new Upstream("THIM on this host", Reason.CollateralUnavailable, Reason.CollateralMalformed);
  private static final String AMD = "/metadata/THIM/amd/certification";

  /** The service answers so while it updates itself. */
  private static final Set<Integer> UPDATING = Set.of(404, 410);

  private final ImdsEndpoint imds;
  private final TimeSource time;

  /** Asks the host through the metadata service. */
  public ThimHttpClient(ImdsEndpoint imds, TimeSource time) {
    this.imds = imds;
    this.time = time;
  }

  @Override
  public AmdCertification amdCertification() throws FailureException, InterruptedException {
    Call call = Call.get(URI.create(imds.base() + AMD)).withHeader("Metadata", "true");
    Answer answer = imds.exchange().send(THIM, call);
    if (StatusClass.isPassing(answer.status()) || UPDATING.contains(answer.status())) {
      throw StatusClass.unavailable(THIM, answer, time.now());
    }
    try {
      if (answer.isSuccess()) {
        return AmdCertification.read(answer.json());
      }
    } catch (JsonFormatException | EvidenceFormatException malformed) {
      throw refused(answer, ", expected AMD collateral: " + malformed.getMessage());
    }
    throw refused(answer, "; is this machine on AMD SEV-SNP?");
  }

  private static RefusedException refused(Answer answer, String what) {
    return new RefusedException(
        Reason.CollateralMalformed, THIM.name() + " at " + answer.describe() + what);
  }
}
