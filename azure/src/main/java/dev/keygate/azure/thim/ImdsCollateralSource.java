package dev.keygate.azure.thim;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;

/**
 * The host's own agent. It knows one endorsement, that of its present TCB: a report that was made
 * before the host was updated needs another source.
 */
public final class ImdsCollateralSource implements CollateralSource {

  private final ThimClient host;

  /** Asks through this client. */
  public ImdsCollateralSource(ThimClient host) {
    this.host = host;
  }

  @Override
  public AmdCertification collateral(AmdPlatform platform)
      throws FailureException, InterruptedException {
    AmdCertification found = host.amdCertification();
    if (!found.tcb().equals(platform.reportedTcb())) {
      throw new UnavailableException(
          Reason.CollateralStale,
          "THIM on this host has an endorsement of TCB "
              + found.tcb().hex()
              + ", the report is of TCB "
              + platform.reportedTcb().hex());
    }
    return found;
  }
}
