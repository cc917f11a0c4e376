package dev.keygate.operator.injection.pod;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the containers of a pod get their keys; the constants are the annotation's values. */
public enum Delivery {
  /** From the local API. */
  Api,
  /** As files too. */
  Files;

  /** The annotation's value, compared with case as all of Kubernetes' enums are. */
  public static Optional<Delivery> parse(String text) {
    return Arrays.stream(values()).filter(value -> value.name().equals(text)).findFirst();
  }

  /** What the sidecar's setting calls it. */
  String settingValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
