package dev.keygate.operator.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.injection.pod.PodPatch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A folder: {@code in-pod.yaml}, maybe {@code in-settings.properties} where they differ from what
 * all share, and what comes of it.
 */
record InjectionCase(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("src", "test", "resources", "injection");
  private static final String NAMESPACE = "shop";

  static List<InjectionCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("cases"))) {
      return folders.sorted().map(InjectionCase::new).toList();
    }
  }

  Path expectedPod() {
    return folder.resolve("out-pod.yaml");
  }

  Path expectedRefusal() {
    return folder.resolve("out-refusal.txt");
  }

  JsonNode pod() throws IOException {
    return JSON.valueToTree(
        Serialization.unmarshal(Files.readString(folder.resolve("in-pod.yaml")), Map.class));
  }

  /** Decides on the pod in the state that it has reached. */
  InjectionDecision decide(JsonNode pod) throws IOException, RefusedException {
    InjectionObservation observation =
        InjectionObservation.of(
            Serialization.unmarshal(JSON.writeValueAsString(pod), Pod.class),
            NAMESPACE,
            settings());
    return InjectionDecider.decide(
        observation.with(
            new ReferredObjects(
                keys(),
                NamespaceObjects.SHARED.find(ServiceAccount.class, observation.accountName()))));
  }

  /** The pod with the patch applied by somebody else's code. */
  static JsonNode apply(PodPatch patch, JsonNode pod) {
    return JsonPatch.apply(JSON.valueToTree(patch.operations()), pod);
  }

  private static Map<String, ResolvedKey> keys() {
    Map<String, ResolvedKey> keys = new HashMap<>();
    NamespaceObjects.SHARED
        .of(ExportableKey.class)
        .forEach(
            key ->
                keys.put(
                    key.getMetadata().getName(),
                    new ResolvedKey.Found(key.getSpec(), policyOf(key))));
    return keys;
  }

  private static GuardingPolicy policyOf(ExportableKey key) {
    return NamespaceObjects.SHARED
        .find(ReleasePolicy.class, key.getSpec().releasePolicyRef().name())
        .map(policy -> GuardingPolicy.of(policy.getSpec()))
        .orElseGet(GuardingPolicy.Unknown::new);
  }

  private InjectionSettings settings() throws IOException, RefusedException {
    Path own = folder.resolve("in-settings.properties");
    Map<String, String> written = new HashMap<>();
    if (Files.exists(own)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(own)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(n -> written.put(n, properties.getProperty(n)));
    }
    return WrittenSettings.with(written);
  }

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }
}
