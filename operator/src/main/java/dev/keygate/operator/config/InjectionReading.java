package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the settings of injection. */
final class InjectionReading {

  private static final String PREFIX = "keygate.injection.";
  private static final String LAB_ROOTS = PREFIX + "lab.trust-roots";

  /** A registry's image reference, without what would need quoting anywhere. */
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,511}");

  private static final Pattern QUANTITY = Pattern.compile("[1-9][0-9]{0,11}(m|k|M|G|Ki|Mi|Gi)?");
  private static final Pattern RESOURCE =
      Pattern.compile(
          "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern GROUP = Pattern.compile("[0-9]{1,10}");
  private static final Pattern ABSOLUTE_PATH = Pattern.compile("/[0-9a-zA-Z/._-]{1,253}");
  private static final Pattern ADDRESS_AND_PORT =
      Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]{2,45}]):[0-9]{1,5}");
  private static final Pattern ORIGIN =
      Pattern.compile("http://([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]{2,45}])(:[0-9]{1,5})?");

  private InjectionReading() {}

  static InjectionSettings from(
      OperatorSettings written, NamespaceScope namespaces, EntraDefaults entra)
      throws RefusedException {
    OperatorSettings.Injection injection = written.injection();
    return new InjectionSettings(
        namespaces,
        sidecar(injection),
        device(injection),
        entra,
        lab(injection.lab(), written.lab().trustRoots().filter(text -> !text.isBlank())));
  }

  private static SidecarTemplate sidecar(OperatorSettings.Injection written)
      throws RefusedException {
    return new SidecarTemplate(
        matching(
            "sidecar-image",
            written.sidecarImage().orElse(""),
            IMAGE,
            "the sidecar's image, and required unless keygate.webhook.enabled is false"),
        pullPolicy(written.imagePullPolicy()),
        quantity("sidecar-memory-limit", written.sidecarMemoryLimit()),
        quantity("sidecar-memory-request", written.sidecarMemoryRequest()),
        quantity("sidecar-cpu-request", written.sidecarCpuRequest()),
        collectorPort(written.collectorPort()));
  }

  private static OptionalInt collectorPort(Optional<String> written) throws RefusedException {
    Optional<String> text = written.map(String::strip).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int port = PORT.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
    if (port < 1 || port > 65535) {
      throw Refusal.of(
          PREFIX + "collector-port", "is a port, 1 to 65535; found '" + text.get() + "'");
    }
    return OptionalInt.of(port);
  }

  private static SidecarTemplate.PullPolicy pullPolicy(String text) throws RefusedException {
    return Arrays.stream(SidecarTemplate.PullPolicy.values())
        .filter(policy -> policy.name().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    PREFIX + "image-pull-policy",
                    "is Always, IfNotPresent or Never; found '" + text + "'"));
  }

  private static DeviceAccess device(OperatorSettings.Injection written) throws RefusedException {
    String resource =
        matching(
            "vtpm-resource",
            written.vtpmResource(),
            RESOURCE,
            "the name of an extended resource, such as keygate.dev/vtpm");
    Optional<String> group = written.deviceGroup().filter(text -> !text.isBlank());
    if (group.isEmpty()) {
      return new DeviceAccess(resource, Optional.empty());
    }
    long number =
        Long.parseLong(matching("device-group", group.get(), GROUP, "the number of a group"));
    if (number > Integer.MAX_VALUE) {
      throw Refusal.of(PREFIX + "device-group", "is at most 2147483647; found '" + number + "'");
    }
    return new DeviceAccess(resource, Optional.of(number));
  }

  private static Optional<InjectedLab> lab(
      OperatorSettings.Injection.InjectedLab written, Optional<String> operatorsLab)
      throws RefusedException {
    Optional<String> roots = path("lab.trust-roots", written.trustRoots());
    if (roots.isEmpty()) {
      requireAbsent("lab.proxy", written.proxy());
      requireAbsent("lab.imds", written.imds());
      requireAbsent("lab.tpm", written.tpm());
      requireAbsent("lab.event-log", written.eventLog());
      return Optional.empty();
    }
    if (operatorsLab.isEmpty()) {
      throw Refusal.of(LAB_ROOTS, "is refused outside the lab: it needs keygate.lab.trust-roots");
    }
    return Optional.of(
        new InjectedLab(
            roots.get(),
            optional("lab.proxy", written.proxy(), ADDRESS_AND_PORT, "<literal address>:<port>"),
            optional("lab.imds", written.imds(), ORIGIN, "http://<literal address>[:<port>]"),
            path("lab.tpm", written.tpm()),
            path("lab.event-log", written.eventLog())));
  }

  private static void requireAbsent(String key, Optional<String> written) throws RefusedException {
    if (written.filter(text -> !text.isBlank()).isPresent()) {
      throw Refusal.of(PREFIX + key, "is void without " + LAB_ROOTS + ": set both, or neither");
    }
  }

  private static String quantity(String key, String text) throws RefusedException {
    return matching(key, text, QUANTITY, "a Kubernetes quantity, such as 128Mi or 10m");
  }

  private static Optional<String> path(String key, Optional<String> written)
      throws RefusedException {
    return optional(key, written, ABSOLUTE_PATH, "an absolute path inside the pod");
  }

  private static Optional<String> optional(
      String key, Optional<String> written, Pattern format, String expected)
      throws RefusedException {
    Optional<String> text = written.filter(value -> !value.isBlank());
    return text.isEmpty() ? text : Optional.of(matching(key, text.get(), format, expected));
  }

  private static String matching(String key, String written, Pattern format, String expected)
      throws RefusedException {
    String text = written.strip();
    if (!format.matcher(text).matches()) {
      throw Refusal.of(PREFIX + key, "is " + expected + "; found '" + text + "'");
    }
    return text;
  }
}
