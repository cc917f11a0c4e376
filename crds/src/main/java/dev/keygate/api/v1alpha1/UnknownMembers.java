package dev.keygate.api.v1alpha1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of a manifest that its kind does not have. */
final class UnknownMembers {

  private UnknownMembers() {}

  /** A copy that no one changes; it takes null values, which a manifest may have. */
  static Map<String, Object> copyOf(@Nullable Map<String, Object> members) {
    return members == null || members.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }
}
