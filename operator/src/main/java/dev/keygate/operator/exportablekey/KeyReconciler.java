package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.operator.cache.PrimaryCache;
import dev.keygate.operator.event.EventRecorder;
import dev.keygate.operator.event.FailedRun;
import dev.keygate.operator.metrics.ReconciliationCounter;
import dev.keygate.operator.throttle.VaultTurns;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the key in the vault, the grant and the status true to an ExportableKey. Has to be
 * registered to be triggered on all events: only then does it see the deletion of objects without a
 * finalizer of the framework's.
 */
@ControllerConfiguration(name = "exportablekey")
public final class KeyReconciler implements Reconciler<ExportableKey> {

  private final KeyRun run;
  private final PrimaryCache<ExportableKey> cache = new PrimaryCache<>();

  /**
   * @param vaults manage keys, by turns; nothing here can release one
   * @param timing when keys are looked at again
   */
  public KeyReconciler(
      VaultTurns vaults, EventRecorder events, ReconciliationCounter counter, KeyTiming timing) {
    this.run = new KeyRun(vaults, new KeyChronicle(events::record, counter::count), timing);
  }

  @Override
  public List<EventSource<?, ExportableKey>> prepareEventSources(
      EventSourceContext<ExportableKey> context) {
    cache.follow(context.getPrimaryCache());
    return KeySources.of(context);
  }

  /** The keys that it has seen. */
  public PrimaryCache<ExportableKey> cache() {
    return cache;
  }

  @Override
  public UpdateControl<ExportableKey> reconcile(ExportableKey key, Context<ExportableKey> context)
      throws InterruptedException {
    if (context.isPrimaryResourceDeleted()) {
      run.forget(key);
      return UpdateControl.noUpdate();
    }
    Optional<Duration> pause = run.run(key, new FrameworkCluster(context));
    return pause.isPresent()
        ? UpdateControl.<ExportableKey>noUpdate().rescheduleAfter(pause.get())
        : UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<ExportableKey> updateErrorStatus(
      ExportableKey key, Context<ExportableKey> context, Exception e) {
    return FailedRun.report(key, e);
  }
}
