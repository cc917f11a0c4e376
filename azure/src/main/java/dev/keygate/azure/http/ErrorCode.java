package dev.keygate.azure.http;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import java.util.Optional;

/** Finds the error code in the three shapes that the services of Azure use. */
final class ErrorCode {

  private ErrorCode() {}

  static String of(Answer answer) {
    if (answer.isSuccess()) {
      return "";
    }
    try {
      JsonMembers body = JsonMembers.parse(answer.body()).withLowerCaseNames();
      return Printable.of(ofBody(body));
    } catch (JsonFormatException noJson) {
      return answer.header("x-ms-error-code").map(Printable::of).orElse("");
    }
  }

  private static String ofBody(JsonMembers body) throws JsonFormatException {
    try {
      return body.optionalText("error").orElse("");
    } catch (JsonFormatException isObject) {
      JsonMembers error = body.members("error").withLowerCaseNames();
      String code = error.optionalText("code").orElse("");
      Optional<JsonMembers> inner = error.optionalMembers("innererror");
      String innerCode = inner.isPresent() ? inner.get().optionalText("code").orElse("") : "";
      return innerCode.isEmpty() ? code : code + "/" + innerCode;
    }
  }
}
