package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.contract.FieldManagers;
import dev.keygate.contract.Labels;
import dev.keygate.operator.cache.ListPages;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What else makes a key be looked at: the policy that it refers to, and the grant that it owns. */
final class KeySources {

  private static final String BY_POLICY = "releasePolicyRef";

  private KeySources() {}

  static List<EventSource<?, ExportableKey>> of(EventSourceContext<ExportableKey> context) {
    context
        .getPrimaryCache()
        .addIndexer(
            BY_POLICY,
            key ->
                List.of(
                    indexKey(
                        key.getMetadata().getNamespace(),
                        key.getSpec().releasePolicyRef().name())));
    return List.of(policies(context), grants(context));
  }

  private static EventSource<?, ExportableKey> policies(EventSourceContext<ExportableKey> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ReleasePolicy.class, ExportableKey.class)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(ListPages.SIZE)
            .withPrimaryToSecondaryMapper(
                (ExportableKey key) ->
                    Set.of(
                        new ResourceID(
                            key.getSpec().releasePolicyRef().name(),
                            key.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(
                policy ->
                    context
                        .getPrimaryCache()
                        .byIndex(
                            BY_POLICY,
                            indexKey(
                                policy.getMetadata().getNamespace(),
                                policy.getMetadata().getName()))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            // A policy's status says nothing that its spec does not.
            .withOnUpdateFilter(
                (now, before) ->
                    !now.getMetadata().getGeneration().equals(before.getMetadata().getGeneration()))
            .build(),
        context);
  }

  private static EventSource<?, ExportableKey> grants(EventSourceContext<ExportableKey> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, ExportableKey.class)
            .withNamespacesInheritedFromController()
            .withInformerListLimit(ListPages.SIZE)
            .withLabelSelector(Labels.MANAGED_BY + "=" + FieldManagers.OPERATOR)
            .build(),
        context);
  }

  private static String indexKey(String namespace, String policy) {
    return namespace + "/" + policy;
  }
}
