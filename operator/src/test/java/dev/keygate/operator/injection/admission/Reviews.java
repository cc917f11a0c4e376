package dev.keygate.operator.injection.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reviews as the API server sends them. */
final class Reviews {

  static final ObjectMapper JSON = new ObjectMapper();

  static final Path CASES = Path.of("src", "test", "resources", "injection", "cases");

  private Reviews() {}

  /** The creation of a case's pod in the namespace {@code shop}. */
  static ObjectNode of(String injectionCase) throws IOException {
    Map<?, ?> pod =
        Serialization.unmarshal(
            Files.readString(CASES.resolve(injectionCase).resolve("in-pod.yaml")), Map.class);
    ObjectNode review =
        (ObjectNode)
            JSON.readTree(
                """
                {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {
                  "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
                  "kind": {"group": "", "version": "v1", "kind": "Pod"},
                  "resource": {"group": "", "version": "v1", "resource": "pods"},
                  "requestKind": {"group": "", "version": "v1", "kind": "Pod"},
                  "requestResource": {"group": "", "version": "v1", "resource": "pods"},
                  "namespace": "shop", "operation": "CREATE",
                  "userInfo": {"username": "admin", "groups": ["system:authenticated"]},
                  "oldObject": null, "dryRun": false,
                  "options": {"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1"}}}
                """);
    request(review).set("object", JSON.valueToTree(pod));
    return review;
  }

  static ObjectNode request(JsonNode review) {
    return (ObjectNode) review.get("request");
  }

  static byte[] bytes(JsonNode review) {
    return review.toString().getBytes(StandardCharsets.UTF_8);
  }
}
