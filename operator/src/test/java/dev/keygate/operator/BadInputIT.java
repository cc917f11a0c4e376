package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.SemanticEquality;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests with mistakes, sent by clients that do not ask the API server to mind unknown fields:
 * it prunes them, and what is left must never be a weaker policy than what was meant.
 */
class BadInputIT {

  private static final Path MANIFESTS =
      Path.of("..", "crds", "src", "test", "resources", "manifests");
  private static final String PRUNED = "# without validation: pruned";

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  static List<Path> invalid() throws IOException {
    return files("invalid-");
  }

  /** A path into a manifest and the manifest; the last step is the member to misspell. */
  static List<Misspelling> misspellings() throws IOException {
    List<Misspelling> all = new ArrayList<>();
    for (Path file : files("valid-")) {
      if (file.toString().contains("releasepolicy")) {
        JsonNode manifest = Serialization.unmarshal(Files.readString(file), JsonNode.class);
        collect("", manifest.path("spec"), new TreeSet<>())
            .forEach(path -> all.add(new Misspelling(file, "/spec" + path)));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesInvalidManifestWithoutValidationOrPrunesIt(Path file) throws Exception {
    boolean isPruned = Files.readAllLines(file).contains(PRUNED);

    CommandResult result =
        installation
            .kubectl()
            .run(
                "apply",
                "--validate=false",
                "--dry-run=server",
                "--namespace=default",
                "-f",
                file.toString());

    assertThat(result.isSuccess()).as(result.stderr()).isEqualTo(isPruned);
  }

  @ParameterizedTest
  @MethodSource("misspellings")
  void misspeltFieldNeverMakesAWeakerPolicy(Misspelling misspelling) throws Exception {
    JsonNode manifest =
        Serialization.unmarshal(Files.readString(misspelling.file()), JsonNode.class);
    Optional<ReleasePolicyDocument> meant = compiled(policy(manifest));
    Optional<ReleasePolicy> stored = dryRun(misspelling.in(manifest));

    // Refused by the API server, refused by the compiler, or the same.
    if (stored.isPresent()) {
      Optional<ReleasePolicyDocument> became = compiled(stored.get());
      assertThat(
              became.isEmpty()
                  || (meant.isPresent() && SemanticEquality.equal(became.get(), meant.get())))
          .as(stored.get().getSpec().toString())
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("pruned")
  void whatIsLeftOfAPrunedPolicyIsWhatItSaysWithoutTheUnknownField(Path file) throws Exception {
    JsonNode manifest = Serialization.unmarshal(Files.readString(file), JsonNode.class);

    ReleasePolicy stored = dryRun(manifest).orElseThrow();

    assertThat(compiled(stored)).isEqualTo(compiled(policy(manifest))).isPresent();
  }

  static List<Path> pruned() throws IOException {
    List<Path> pruned = new ArrayList<>();
    for (Path file : files("invalid-")) {
      if (file.toString().contains("releasepolicy") && Files.readAllLines(file).contains(PRUNED)) {
        pruned.add(file);
      }
    }
    return pruned;
  }

  /** Paths of all members, those of list elements once per list. */
  private static Set<String> collect(String parent, JsonNode node, Set<String> paths) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
          String path = parent + "/" + member.getKey();
          paths.add(path);
          collect(path, member.getValue(), paths);
        }
      }
      case ArrayNode array -> {
        if (!array.isEmpty()) {
          collect(parent + "/" + (array.size() - 1), array.get(array.size() - 1), paths);
        }
      }
      default -> {}
    }
    return paths;
  }

  private static Optional<ReleasePolicyDocument> compiled(ReleasePolicy policy) {
    try {
      return Optional.of(PolicyCompiler.compile(policy.getSpec()));
    } catch (RefusedException e) {
      assertThat(e.reason()).isIn(Reason.PolicyMalformed, Reason.PolicyUnsupported);
      return Optional.empty();
    }
  }

  /**
   * What the API server would store; it is asked as a client that has never heard of strictness.
   */
  private static Optional<ReleasePolicy> dryRun(JsonNode manifest) {
    GenericKubernetesResource object =
        Serialization.unmarshal(manifest.toString(), GenericKubernetesResource.class);
    try {
      GenericKubernetesResource stored =
          installation.admin().resource(object).inNamespace("default").dryRun().create();
      return Optional.of(
          Serialization.unmarshal(Serialization.asJson(stored), ReleasePolicy.class));
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isIn(400, 422);
      return Optional.empty();
    }
  }

  private static ReleasePolicy policy(JsonNode manifest) {
    return Serialization.unmarshal(manifest.toString(), ReleasePolicy.class);
  }

  private static List<Path> files(String prefix) throws IOException {
    try (Stream<Path> paths = Files.walk(MANIFESTS, 2)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /**
   * A member's name with another spelling.
   *
   * @param pointer a JSON pointer to the member
   */
  record Misspelling(Path file, String pointer) {

    JsonNode in(JsonNode manifest) {
      JsonNode copy = manifest.deepCopy();
      int slash = pointer.lastIndexOf('/');
      ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, slash));
      String name = pointer.substring(slash + 1);
      String other =
          name.equals(name.toLowerCase(Locale.ROOT)) ? name + "s" : name.toLowerCase(Locale.ROOT);
      parent.set(other, parent.remove(name));
      return copy;
    }
  }
}
