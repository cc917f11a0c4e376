package dev.keygate.sidecar.localapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.failure.FailureException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.evaluation.ClaimMismatch;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import dev.keygate.sidecar.attest.AttestationBoard;
import dev.keygate.sidecar.device.DeviceFinding;
import dev.keygate.sidecar.wire.JsonText;
import dev.keygate.sidecar.wire.LocalAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes what was last attested: the claims, and what the caller's release policies say to them.
 */
final class AttestationPages {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final AttestationBoard board;
  private final PolicySource policies;
  private final Optional<DeviceFinding> device;

  AttestationPages(ApiSources.Attestation attestation) {
    this.board = attestation.board();
    this.policies = attestation.policies();
    this.device = attestation.device();
  }

  LocalAnswer claims(Caller caller) {
    Optional<AttestationBoard.Entry> latest = board.latest();
    return JsonAnswer.ok(
        JsonText.object(
            json -> {
              if (latest.isPresent()) {
                json.writeObjectFieldStart("attestation");
                writeEntry(json, latest.get());
                json.writeEndObject();
              } else {
                json.writeNullField("attestation");
              }
              if (device.isPresent()) {
                writeDevice(json, device.get());
              }
              json.writeArrayFieldStart("policies");
              for (String name : new TreeSet<>(caller.keys())) {
                json.writeStartObject();
                json.writeStringField("name", name);
                writeVerdict(json, name, latest.map(AttestationBoard.Entry::token));
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  LocalAnswer amdCollateral() throws ApiRefusal {
    AttestationBoard.Entry entry = board.latest().orElseThrow(AttestationPages::pending);
    var endorsement = entry.endorsement().orElseThrow(AttestationPages::pending);
    return JsonAnswer.ok(
        JsonText.object(
            json -> {
              json.writeStringField("chain", endorsement.pem());
              json.writeStringField("tcb", endorsement.tcb().hex());
              json.writeStringField("verifiedAt", entry.at().toString());
            }));
  }

  private static ApiRefusal pending() {
    return new ApiRefusal(
        ApiCode.AttestationPending, "GET /v1/keys says what keeps the first one from succeeding.");
  }

  private static void writeDevice(JsonGenerator json, DeviceFinding finding) throws IOException {
    json.writeObjectFieldStart("device");
    json.writeStringField("used", finding.used().name());
    json.writeArrayFieldStart("probes");
    for (DeviceFinding.Probe probe : finding.probes()) {
      json.writeStartObject();
      json.writeStringField("device", probe.device().name());
      json.writeStringField("result", probe.result());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeEntry(JsonGenerator json, AttestationBoard.Entry entry)
      throws IOException {
    json.writeStringField("authority", entry.token().issuer().toString());
    json.writeStringField("attestedAt", entry.at().toString());
    json.writeStringField("expiresAt", entry.token().expiresAt().toString());
    json.writeStringField("tokenIdHash", entry.token().idHash());
    json.writeFieldName("claims");
    writeClaims(json, entry.token());
  }

  /** All but the token's id, which is only ever shown hashed. */
  private static void writeClaims(JsonGenerator json, VerifiedToken token) throws IOException {
    String payload = token.token().reveal().split("\\.", -1)[1];
    byte[] text = Base64Url.decode(payload).orElseThrow().toArray();
    try (JsonParser claims = FACTORY.createParser(text)) {
      claims.nextToken();
      json.writeStartObject();
      while (claims.nextToken() == JsonToken.FIELD_NAME) {
        String name = claims.currentName();
        claims.nextToken();
        if (name.equals("jti")) {
          claims.skipChildren();
        } else {
          json.writeFieldName(name);
          json.copyCurrentStructure(claims);
        }
      }
      json.writeEndObject();
    }
  }

  private void writeVerdict(JsonGenerator json, String name, Optional<VerifiedToken> token)
      throws IOException {
    try {
      Optional<ReleasePolicyDocument> policy = policies.policy(name);
      if (policy.isEmpty()) {
        json.writeStringField("verdict", "NoPolicy");
      } else if (token.isEmpty()) {
        json.writeStringField("verdict", "NotAttested");
      } else {
        writeEvaluation(json, PolicyEvaluator.evaluate(policy.get(), token.get().claims()));
      }
    } catch (FailureException unreadable) {
      json.writeStringField("verdict", "PolicyUnreadable");
      json.writeStringField("code", unreadable.reason().name());
      json.writeStringField("detail", unreadable.getMessage());
    }
  }

  private static void writeEvaluation(JsonGenerator json, Evaluation evaluation)
      throws IOException {
    switch (evaluation) {
      case Evaluation.Admitted(var authority) -> {
        json.writeStringField("verdict", "Admitted");
        json.writeStringField("authority", authority.toString());
      }
      case Evaluation.Denied(List<ClaimMismatch> mismatches) -> {
        json.writeStringField("verdict", "Denied");
        json.writeArrayFieldStart("mismatches");
        for (ClaimMismatch mismatch : mismatches) {
          writeMismatch(json, mismatch);
        }
        json.writeEndArray();
      }
      case Evaluation.UnknownAuthority unknown -> {
        json.writeStringField("verdict", "UnknownAuthority");
        json.writeStringField("issuer", unknown.issuer().orElse(""));
        json.writeArrayFieldStart("offered");
        for (var authority : unknown.offered()) {
          json.writeString(authority.toString());
        }
        json.writeEndArray();
      }
    }
  }

  private static void writeMismatch(JsonGenerator json, ClaimMismatch mismatch) throws IOException {
    json.writeStartObject();
    json.writeStringField("claim", mismatch.claim().toString());
    json.writeStringField("wanted", mismatch.expected().text());
    json.writeStringField("got", mismatch.actual().orElse(null));
    json.writeStringField("path", mismatch.path());
    json.writeEndObject();
  }
}
