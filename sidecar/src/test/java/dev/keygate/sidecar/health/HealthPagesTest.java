package dev.keygate.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HealthPagesTest {

  private static final Meters METERS = new Meters(new UpstreamMeter(), new CallMeter());

  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final HealthPages pages =
      new HealthPages(
          new KeyStates(List.of("orders", "payroll"), lease, board), LabMode.OFF, METERS);

  @AfterEach
  void close() {
    lease.close();
  }

  @Tag("rival-17")
  @Test
  void isReadyWhenEveryKeyIsServed() {
    assertThat(pages.isReady()).isFalse();
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    assertThat(pages.isReady()).isFalse();
    lease.deliver("payroll", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    assertThat(pages.isReady()).isTrue();
    assertThat(pages.readiness())
        .isEqualTo(
            "{\"status\":\"UP\",\"keys\":{\"required\":2,\"served\":2},\"reasons\":[],\"lab\":false}");
  }

  @Test
  void saysWhyItIsNotReadyAndNamesNoKey() {
    board.post(ReleaseOutcome.of("orders", new RefusedException(Reason.PolicyDenied, "Claim c.")));
    board.post(ReleaseOutcome.of("payroll", new RefusedException(Reason.PolicyDenied, "Claim d.")));
    board.post(ReleaseOutcome.of("other", new RefusedException(Reason.KeyNotFound, "None.")));
    assertThat(pages.readiness())
        .contains("\"status\":\"DOWN\"", "\"reasons\":[\"PolicyDenied\"]")
        .doesNotContain("orders", "payroll", "Claim");

    board.forget("orders");
    board.forget("payroll");
    assertThat(pages.readiness()).contains("\"reasons\":[]");
  }

  @Test
  void saysWhyANewVersionIsMissingWhileAnEarlierOneIsServed() {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    lease.deliver("payroll", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    board.post(ReleaseOutcome.of("orders", new RefusedException(Reason.KeyNotFound, "None.")));

    assertThat(pages.isReady()).isTrue();
    assertThat(pages.readiness()).contains("\"reasons\":[\"KeyNotFound\"]");
  }

  @Test
  void saysThatItBelievesALab() {
    HealthPages lab = new HealthPages(new KeyStates(List.of(), lease, board), LabMode.ON, METERS);

    assertThat(lab.liveness()).contains("\"lab\":true");
    assertThat(lab.readiness()).contains("\"lab\":true");
    assertThat(lab.metrics()).contains("\nkeygate_lab_mode 1\n");
    assertThat(pages.metrics()).contains("\nkeygate_lab_mode 0\n");
  }

  @Tag("rival-18")
  @Test
  void countsOutcomesByReasonAndNamesNoKey() {
    board.post(ReleaseOutcome.of("orders", new RefusedException(Reason.PolicyDenied, "Claim c.")));
    board.post(ReleaseOutcome.of("payroll", new RefusedException(Reason.PolicyDenied, "Claim c.")));

    assertThat(pages.metrics())
        .contains("keygate_releases_total{outcome=\"refused\",reason=\"PolicyDenied\"} 2\n")
        .doesNotContain("orders", "payroll", "Claim");
  }
}
