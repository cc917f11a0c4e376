package dev.keygate.api.v1alpha1;

import dev.keygate.condition.Finding;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says in the schema what the generator's annotations cannot: list types, and the grammar. */
final class SchemaCompletion implements CRDPostProcessor {

  /** What Kubernetes' own conditions allow. */
  private static final String REASON_PATTERN = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

  private static final String KEY_NAME = "'^[0-9a-z-]{1,127}$'";

  @Override
  public HasMetadata process(HasMetadata resource, String crdVersion) {
    CustomResourceDefinition crd = (CustomResourceDefinition) resource;
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    switch (crd.getSpec().getNames().getKind()) {
      case "ReleasePolicy" -> {
        releasePolicy(root);
        orderColumns(crd, "Ready", "Reason", "Age", "Profile", "Warning", "Digest");
      }
      case "ExportableKey" -> {
        exportableKey(root);
        orderColumns(crd, "Ready", "Policy", "Age", "Reason", "Vault", "Version");
      }
      default -> throw new IllegalArgumentException(crd.getSpec().getNames().getKind());
    }
    status(member(root, "status"));
    return crd;
  }

  private static void releasePolicy(JSONSchemaProps root) {
    root.setDescription("Which attested machines a key is released to.");
    JSONSchemaProps spec = member(root, "spec");
    spec.setDescription("A policy in the vault's own grammar, or the name of a template for one.");
    spec.getProperties().put("grammar", GrammarSchema.root());
    JSONSchemaProps profile = member(spec, "profile");
    member(profile, "tees").setXKubernetesListType("set");
    JSONSchemaProps authorities = member(profile, "authorities");
    authorities.setXKubernetesListType("atomic");
    // What asks for more and can be left out must not be pruned when it is misspelt.
    profile.setXKubernetesPreserveUnknownFields(true);
    authorities.getItems().getSchema().setXKubernetesPreserveUnknownFields(true);
    member(profile, "extraClaims").setXKubernetesListType("atomic");
    member(profile, "enclaves").setXKubernetesListType("atomic");
    JSONSchemaProps hostData = member(profile, "hostData");
    hostData.setXKubernetesListType("set");
    hostData.getItems().getSchema().setPattern("^[0-9a-f]{64}$");
    hostData.getItems().getSchema().setMaxLength(64L);
    member(member(root, "status"), "warnings").setXKubernetesListType("atomic");
  }

  private static void exportableKey(JSONSchemaProps root) {
    root.setDescription("A key in a vault that can be released to attested machines.");
    root.setXKubernetesValidations(List.of(nameIsKeyName(), nameLeavesRoomForTheGrant()));
    JSONSchemaProps spec = member(root, "spec");
    spec.setDescription("The key that shall exist, and what may be done to make it so.");
    member(spec, "keyOperations").setXKubernetesListType("set");
    JSONSchemaProps tags = member(spec, "tags");
    // A vault takes 15; two say whose the key is.
    tags.setMaxProperties(13L);
    tags.getAdditionalProperties().getSchema().setMaxLength(256L);
    mapList(member(spec, "consumers"), "serviceAccountName");
    mapList(member(member(root, "status"), "versions"), "version");
  }

  private static void status(JSONSchemaProps status) {
    status.setDescription("What became of it.");
    member(status, "observedGeneration").setFormat("int64");
    JSONSchemaProps conditions = member(status, "conditions");
    mapList(conditions, "type");
    JSONSchemaProps condition = conditions.getItems().getSchema();
    condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
    member(condition, "type").setMaxLength(316L);
    member(condition, "observedGeneration").setFormat("int64");
    member(condition, "lastTransitionTime").setFormat("date-time");
    member(condition, "reason").setPattern(REASON_PATTERN);
    member(condition, "reason").setMaxLength(1024L);
    member(condition, "message").setMaxLength((long) Finding.MAX_MESSAGE_LENGTH);
  }

  /** The generator sorts columns by their path. */
  private static void orderColumns(CustomResourceDefinition crd, String... names) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    List<String> order = List.of(names);
    version.setAdditionalPrinterColumns(
        version.getAdditionalPrinterColumns().stream()
            .sorted(Comparator.comparing(column -> order.indexOf(column.getName())))
            .toList());
  }

  private static void mapList(JSONSchemaProps list, String key) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
  }

  private static ValidationRule nameIsKeyName() {
    return new ValidationRuleBuilder()
        .withRule("has(self.spec.keyName) || self.metadata.name.matches(" + KEY_NAME + ")")
        .withMessage(
            "the object's name is the key's name, which has only letters, digits and hyphens:"
                + " rename it or set spec.keyName")
        .build();
  }

  private static ValidationRule nameLeavesRoomForTheGrant() {
    return new ValidationRuleBuilder()
        .withRule("size(self.metadata.name) <= 245")
        .withMessage(
            "the object's name has at most 245 characters: the grant's name is longer by 8")
        .build();
  }

  private static JSONSchemaProps member(JSONSchemaProps object, String name) {
    Map<String, JSONSchemaProps> properties = object.getProperties();
    JSONSchemaProps found = properties == null ? null : properties.get(name);
    if (found == null) {
      throw new IllegalStateException("the generated schema has no " + name);
    }
    return found;
  }
}
