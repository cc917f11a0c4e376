package dev.keygate.operator.injection.pod;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** One operation of a JSON patch, RFC 6902 §4. Serialized by Jackson as it is. */
@JsonPropertyOrder({"op", "path", "value"})
public sealed interface PatchOperation {

  /** Which operation. */
  @JsonProperty
  String op();

  /** JSON pointer. */
  @JsonProperty
  String path();

  /**
   * Sets a member, or inserts an element before the one that is there; {@code -} is the end.
   *
   * @param value a Kubernetes model object, a text, a number, or a list or map of them
   */
  record Add(String path, @JsonProperty Object value) implements PatchOperation {
    @Override
    public String op() {
      return "add";
    }
  }

  /** Sets what is there. */
  record Replace(String path, @JsonProperty Object value) implements PatchOperation {
    @Override
    public String op() {
      return "replace";
    }
  }

  /** Removes what is there. */
  record Remove(String path) implements PatchOperation {
    @Override
    public String op() {
      return "remove";
    }
  }
}
