package dev.keygate.emulator.description;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/**
 * Reads a lab's description: every member is required but those of {@link DescriptionDefaults},
 * none other is allowed.
 */
public final class LabDescriptionReader {

  private static final int MAX_LENGTH = 256 * 1024;

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private LabDescriptionReader() {}

  /**
   * Reads YAML.
   *
   * @throws LabDescriptionException if it is none, or does not describe a lab
   */
  public static LabDescription read(String yaml) throws LabDescriptionException {
    if (yaml.length() > MAX_LENGTH) {
      throw new LabDescriptionException("a description has at most " + MAX_LENGTH + " characters");
    }
    try {
      JsonNode tree = YAML.readTree(yaml);
      DescriptionDefaults.fill(tree);
      LabDescription description = YAML.treeToValue(tree, LabDescription.class);
      if (description == null) {
        throw new LabDescriptionException("the description is empty");
      }
      return description;
    } catch (UnrecognizedPropertyException e) {
      throw new LabDescriptionException(
          path(e) + ": unknown; here belong " + e.getKnownPropertyIds());
    } catch (ValueInstantiationException e) {
      throw new LabDescriptionException(path(e) + ": " + reason(e));
    } catch (JsonMappingException e) {
      throw new LabDescriptionException(path(e) + ": " + firstClause(e));
    } catch (JsonProcessingException e) {
      throw new LabDescriptionException("not YAML: " + e.getOriginalMessage());
    }
  }

  // The parser goes on with the names of its own settings.
  private static String firstClause(JsonMappingException e) {
    String message = e.getOriginalMessage();
    int semicolon = message.indexOf(';');
    return semicolon < 0 ? message : message.substring(0, semicolon);
  }

  private static String reason(ValueInstantiationException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getOriginalMessage() : cause.getMessage());
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    List<JsonMappingException.Reference> references = e.getPath();
    for (JsonMappingException.Reference reference : references) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.isEmpty() ? "description" : path.toString();
  }
}
