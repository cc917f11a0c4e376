package dev.keygate.operator.injection.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keygate.operator.injection.InjectionDecision;
import dev.keygate.operator.injection.InjectionRefusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;

/** AdmissionReview of {@code admission.k8s.io/v1}, read and written. */
final class ReviewJson {

  private static final int DEEPEST = 100;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  /** Not the mapper's setting: the model's deserializers read inner values, which are followed. */
  private static final ObjectReader WHOLE_BODY =
      JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ReviewJson() {}

  static ReviewRequest parse(byte[] body) throws MalformedReviewException {
    try {
      JsonNode review = WHOLE_BODY.readTree(body);
      requireText(review, "apiVersion", "admission.k8s.io/v1");
      requireText(review, "kind", "AdmissionReview");
      JsonNode request = review.path("request");
      requireText(request, "operation", "CREATE");
      requireText(request.path("kind"), "group", "");
      requireText(request.path("kind"), "version", "v1");
      requireText(request.path("kind"), "kind", "Pod");
      require(request.path("subResource").asText("").isEmpty(), "a request without subResource");
      return new ReviewRequest(
          requiredText(request, "uid"), requiredText(request, "namespace"), pod(request));
    } catch (IOException e) {
      // Jackson's message quotes the body.
      throw new MalformedReviewException("expected one JSON object, an AdmissionReview of a pod");
    }
  }

  static byte[] answer(ReviewRequest request, InjectionDecision decision) {
    AdmissionResponseBuilder response = new AdmissionResponseBuilder().withUid(request.uid());
    try {
      return JSON.writeValueAsBytes(
          new AdmissionReviewBuilder().withResponse(complete(response, decision)).build());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what we made ourselves is not serializable", e);
    }
  }

  private static AdmissionResponse complete(
      AdmissionResponseBuilder response, InjectionDecision decision)
      throws JsonProcessingException {
    return switch (decision) {
      case InjectionDecision.NotAsked _, InjectionDecision.AlreadyInjected _ ->
          response.withAllowed(true).build();
      case InjectionDecision.Inject inject ->
          response
              .withAllowed(true)
              .withPatchType("JSONPatch")
              .withPatch(
                  Base64.getEncoder()
                      .encodeToString(JSON.writeValueAsBytes(inject.patch().operations())))
              .build();
      case InjectionDecision.Refuse refuse ->
          response.withAllowed(false).withStatus(status(refuse)).build();
    };
  }

  private static Status status(InjectionDecision.Refuse refuse) {
    return new StatusBuilder()
        .withStatus("Failure")
        .withCode(refuse.reason() == InjectionRefusal.LookupFailed ? UNAVAILABLE : FORBIDDEN)
        .withReason(refuse.reason().name())
        // Controllers show the message alone.
        .withMessage(refuse.sentence() + " (" + refuse.reason() + ")")
        .build();
  }

  private static Pod pod(JsonNode request) throws IOException, MalformedReviewException {
    JsonNode object = request.path("object");
    removeNulls(object);
    require(
        object.path("metadata").isObject() && object.path("spec").isObject(),
        "an object with metadata and spec");
    Pod pod = JSON.treeToValue(object, Pod.class);
    require(PodQuantities.areWellFormed(pod), "quantities as Kubernetes writes them");
    return pod;
  }

  /** The API server writes null for an empty list that is required, such as containers. */
  private static void removeNulls(JsonNode node) throws MalformedReviewException {
    for (Iterator<JsonNode> members = node.iterator(); members.hasNext(); ) {
      JsonNode member = members.next();
      if (member.isNull()) {
        require(node.isObject(), "lists without null");
        members.remove();
      } else {
        removeNulls(member);
      }
    }
  }

  private static String requiredText(JsonNode node, String member) throws MalformedReviewException {
    JsonNode value = node.path(member);
    require(value.isTextual() && !value.textValue().isEmpty(), member + " as text");
    return value.textValue();
  }

  private static void requireText(JsonNode node, String member, String expected)
      throws MalformedReviewException {
    JsonNode value = node.path(member);
    require(value.isTextual() && value.textValue().equals(expected), member + ": " + expected);
  }

  private static void require(boolean holds, String expected) throws MalformedReviewException {
    if (!holds) {
      throw new MalformedReviewException("expected " + expected);
    }
  }
}
