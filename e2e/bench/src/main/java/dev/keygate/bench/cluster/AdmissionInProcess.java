package dev.keygate.bench.cluster;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.contract.PodLayout;
import dev.keygate.operator.config.DeviceAccess;
import dev.keygate.operator.config.EntraDefaults;
import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.config.NamespaceScope;
import dev.keygate.operator.config.SidecarTemplate;
import dev.keygate.operator.injection.admission.Admission;
import dev.keygate.operator.injection.admission.AdmissionRecord;
import dev.keygate.operator.injection.admission.MalformedReviewException;
import dev.keygate.operator.injection.admission.ObjectLookup;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the webhook itself costs: a review in, a review out, objects at hand. */
final class AdmissionInProcess {

  private static final int PER_SECOND = 200;
  private static final int SECONDS = 10;

  private static final String KEY =
      """
      apiVersion: keygate.dev/v1alpha1
      kind: ExportableKey
      metadata: {name: orders, namespace: shop}
      spec:
        vault: {url: "https://contoso.vault.azure.net"}
        keyType: RSA-HSM
        keySizeBits: 3072
        releasePolicyRef: {name: cvm-production}
        consumers: [{serviceAccountName: orders-api}]
      """;

  private static final String POLICY =
      """
      apiVersion: keygate.dev/v1alpha1
      kind: ReleasePolicy
      metadata: {name: cvm-production, namespace: shop}
      spec:
        grammar:
          version: 1.0.0
          anyOf:
            - authority: https://sharedweu.weu.attest.azure.net
              allOf:
                - {claim: x-ms-isolation-tee.x-ms-compliance-status, equals: azure-compliant-cvm}
      """;

  private static final String ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: orders-api
        namespace: shop
        annotations:
          azure.workload.identity/client-id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be201
          azure.workload.identity/tenant-id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      """;

  private static final String REVIEW =
      """
      {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{
       "uid":"00000000-0000-0000-0000-000000000001","operation":"CREATE","namespace":"shop",
       "kind":{"group":"","version":"v1","kind":"Pod"},
       "resource":{"group":"","version":"v1","resource":"pods"},
       "object":{"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"orders-",
        "labels":{"keygate.dev/inject":"true"},"annotations":{"keygate.dev/keys":"orders"}},
        "spec":{"serviceAccountName":"orders-api","containers":[{"name":"app","image":"app:1"}]}}}}
      """;

  private AdmissionInProcess() {}

  static Percentiles measure() throws InterruptedException {
    Admission admission =
        new Admission(
            new Objects(),
            new Objects(),
            settings(),
            new AdmissionRecord(new SimpleMeterRegistry()));
    byte[] review = REVIEW.getBytes(StandardCharsets.UTF_8);
    SteadyLoad load = new SteadyLoad(new SystemTime(), PER_SECOND);
    load.run(PER_SECOND * 3, _ -> review(admission, review));
    return load.run(PER_SECOND * SECONDS, _ -> review(admission, review));
  }

  private static void review(Admission admission, byte[] body) {
    try {
      String answer = new String(admission.review(body), StandardCharsets.UTF_8);
      if (!answer.contains("\"patch\"")) {
        throw new IllegalStateException("expected a patch, found " + answer);
      }
    } catch (MalformedReviewException e) {
      throw new IllegalStateException("the review of this benchmark is malformed", e);
    }
  }

  private static InjectionSettings settings() {
    return new InjectionSettings(
        new NamespaceScope("keygate-system", Set.of()),
        new SidecarTemplate(
            "keygate.dev/sidecar:0.1.0",
            SidecarTemplate.PullPolicy.IfNotPresent,
            "128Mi",
            "96Mi",
            "10m",
            OptionalInt.empty()),
        new DeviceAccess(PodLayout.VTPM_RESOURCE, Optional.of(111L)),
        new EntraDefaults(
            "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001", "https://login.microsoftonline.com/"),
        Optional.empty());
  }

  private static final class Objects implements ObjectLookup {

    private final ExportableKey key = Serialization.unmarshal(KEY, ExportableKey.class);
    private final ReleasePolicy policy = Serialization.unmarshal(POLICY, ReleasePolicy.class);
    private final ServiceAccount account = Serialization.unmarshal(ACCOUNT, ServiceAccount.class);

    @Override
    public Optional<ExportableKey> key(String namespace, String name) {
      return Optional.of(key);
    }

    @Override
    public Optional<ReleasePolicy> policy(String namespace, String name) {
      return Optional.of(policy);
    }

    @Override
    public Optional<ServiceAccount> account(String namespace, String name) {
      return Optional.of(account);
    }
  }
}
