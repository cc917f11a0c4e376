package dev.keygate.operator.reference;

import dev.keygate.contract.PodLayout;
import dev.keygate.contract.SettingNames;
import java.util.List;

/** The value of a constant that a default refers to by {@code Type.NAME}. */
final class ConstantValue {

  private static final List<Class<?>> KNOWN = List.of(PodLayout.class, SettingNames.class);

  private ConstantValue() {}

  static String of(String reference) {
    String[] parts = reference.split("\\.", -1);
    for (Class<?> type : KNOWN) {
      if (type.getSimpleName().equals(parts[0])) {
        try {
          return String.valueOf(type.getField(parts[1]).get(null));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("no such constant: " + reference, e);
        }
      }
    }
    throw new IllegalStateException("add the type of " + reference + " to those that are known");
  }
}
