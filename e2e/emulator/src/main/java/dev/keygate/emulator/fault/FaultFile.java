package dev.keygate.emulator.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads a YAML list of faults, each as {@link FaultText} says. */
public final class FaultFile {

  private static final int MAX_LENGTH = 256 * 1024;

  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private FaultFile() {}

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException saying which fault is none, and why
   */
  public static List<Fault> read(String yaml, VaultHosts vaults) {
    if (yaml.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a file has at most " + MAX_LENGTH + " characters");
    }
    JsonNode list = parse(yaml);
    if (!list.isArray()) {
      throw new IllegalArgumentException("a list of faults is expected");
    }
    List<Fault> faults = new ArrayList<>();
    for (JsonNode one : list) {
      faults.add(read(one, "[" + faults.size() + "]", vaults));
    }
    return List.copyOf(faults);
  }

  private static Fault read(JsonNode one, String place, VaultHosts vaults) {
    if (!(one instanceof ObjectNode members)) {
      throw new IllegalArgumentException(place + ": a fault's members are expected");
    }
    try {
      return FaultText.read(members, vaults);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + "." + e.getMessage(), e);
    }
  }

  private static JsonNode parse(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not YAML: " + e.getOriginalMessage(), e);
    }
  }
}
