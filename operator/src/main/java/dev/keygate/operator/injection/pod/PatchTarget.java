package dev.keygate.operator.injection.pod;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds operations on members whose parents may not be there. */
final class PatchTarget {

  private static final String SECURITY_CONTEXT = "/spec/securityContext";
  private static final String GROUPS = "supplementalGroups";

  private final List<PatchOperation> operations;

  PatchTarget(List<PatchOperation> operations) {
    this.operations = operations;
  }

  /** A map of texts, and what is in it. */
  Members members(String pointer, Map<String, String> present) {
    return new Members(pointer, new HashMap<>(present));
  }

  void addSupplementalGroup(@Nullable PodSecurityContext context, long group) {
    if (context == null) {
      operations.add(new PatchOperation.Add(SECURITY_CONTEXT, Map.of(GROUPS, List.of(group))));
    } else if (context.getSupplementalGroups().isEmpty()) {
      operations.add(new PatchOperation.Add(SECURITY_CONTEXT + "/" + GROUPS, List.of(group)));
    } else if (!context.getSupplementalGroups().contains(group)) {
      operations.add(new PatchOperation.Add(SECURITY_CONTEXT + "/" + GROUPS + "/-", group));
    }
  }

  /** Sets members of one map. */
  final class Members {

    private final String pointer;
    private final Map<String, String> present;

    private Members(String pointer, Map<String, String> present) {
      this.pointer = pointer;
      this.present = present;
    }

    void set(String name, String value) {
      if (value.equals(present.get(name))) {
        return;
      }
      operations.add(
          present.isEmpty()
              ? new PatchOperation.Add(pointer, Map.of(name, value))
              : new PatchOperation.Add(pointer + "/" + escaped(name), value));
      present.put(name, value);
    }

    /** RFC 6901 §3. */
    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }
  }
}
