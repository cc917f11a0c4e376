package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class SlimObjectsTest {

  private static final String GRANT =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"orders.keygate","labels":{"a":"b"},
        "managedFields":[{"manager":"keygate","operation":"Apply","apiVersion":"v1",
          "fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:grant.json":{}}}}],
        "resourceVersion":"7"},
       "data":{"grant.json":"{}"}}
      """;

  private final KubernetesSerialization json;

  SlimObjectsTest() {
    ObjectMapper mapper = new ObjectMapper();
    // As the framework does: the client adds its own to it.
    json = new KubernetesSerialization(mapper, true);
    new SlimObjects().customize(mapper);
  }

  @Test
  void readsNoOwnersOfFields() {
    ConfigMap read = json.unmarshal(GRANT, ConfigMap.class);

    assertThat(read.getMetadata().getManagedFields()).isEmpty();
    assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
  }

  @Test
  void readsAllElse() {
    ConfigMap read = json.unmarshal(GRANT, ConfigMap.class);

    assertThat(read.getMetadata().getName()).isEqualTo("orders.keygate");
    assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(read.getMetadata().getLabels()).containsEntry("a", "b");
    assertThat(read.getData()).containsEntry("grant.json", "{}");
  }

  @Test
  void writesNothingAboutOwnersSoThatTheyStay() {
    ConfigMap read = json.unmarshal(GRANT, ConfigMap.class);

    assertThat(json.asJson(read)).contains("grant.json").doesNotContain("managedFields");
  }
}
