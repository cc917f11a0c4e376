package dev.keygate.operator.injection;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of {@code injection/objects.yaml}, which pods of all cases refer to. */
public final class NamespaceObjects {

  /** Read once. */
  public static final NamespaceObjects SHARED =
      new NamespaceObjects(Path.of("src", "test", "resources", "injection", "objects.yaml"));

  private final List<HasMetadata> objects;

  private NamespaceObjects(Path file) {
    try {
      objects =
          Stream.of(Files.readString(file).split("\n---\n", -1))
              .map(NamespaceObjects::object)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object of this type and name. */
  public <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
    return of(type).filter(object -> object.getMetadata().getName().equals(name)).findFirst();
  }

  /** All objects of this type. */
  <T extends HasMetadata> Stream<T> of(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  private static HasMetadata object(String yaml) {
    String kind = Serialization.unmarshal(yaml, GenericKubernetesResource.class).getKind();
    return switch (kind) {
      case "ServiceAccount" -> Serialization.unmarshal(yaml, ServiceAccount.class);
      case "ReleasePolicy" -> Serialization.unmarshal(yaml, ReleasePolicy.class);
      case "ExportableKey" -> Serialization.unmarshal(yaml, ExportableKey.class);
      default -> throw new IllegalArgumentException(kind + " is no kind that a pod refers to");
    };
  }
}
