package dev.keygate.operator.injection;

import dev.keygate.contract.Annotations;
import dev.keygate.contract.PodLayout;
import dev.keygate.operator.injection.pod.ContainerKeys;
import dev.keygate.operator.injection.pod.Delivery;
import dev.keygate.operator.injection.pod.PodContainer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the annotations of a pod. */
final class KeyRequestParser {

  /** More would be a mistake, and each costs a look-up. */
  private static final int MOST_KEYS = 32;

  private static final String CONTAINER_PREFIX = Annotations.keysOf("");

  /** RFC 1123 subdomains, less the {@code .keygate} that the grant's name adds. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,245}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private final Map<String, String> annotations;
  private final List<PodContainer> containers;

  private KeyRequestParser(Map<String, String> annotations, List<PodContainer> containers) {
    this.annotations = annotations;
    this.containers = containers;
  }

  static KeyRequest parse(Pod pod) {
    Map<String, String> annotations =
        Optional.ofNullable(pod.getMetadata()).map(ObjectMeta::getAnnotations).orElse(Map.of());
    try {
      return new KeyRequestParser(annotations, PodContainer.othersOf(pod)).parse();
    } catch (NotUnderstoodException e) {
      return new KeyRequest.Malformed(e.refusal());
    }
  }

  private KeyRequest parse() throws NotUnderstoodException {
    requireContainersOfAnnotations();
    Delivery delivery = delivery();
    List<ContainerKeys> asked = new ArrayList<>();
    for (PodContainer container : containers) {
      String own = Annotations.keysOf(container.name());
      String annotation = annotations.containsKey(own) ? own : Annotations.KEYS;
      String list = annotations.get(annotation);
      if (list != null) {
        asked.add(new ContainerKeys(container.name(), names(annotation, list)));
      }
    }
    KeyRequest.Asked request = new KeyRequest.Asked(asked, delivery);
    if (asked.isEmpty()) {
      throw new NotUnderstoodException(
          InjectionRefusal.KeysMissing,
          "the pod asks for injection and names no key: set the annotation "
              + Annotations.KEYS
              + " to names of ExportableKeys, or remove the label");
    }
    requireAtMostMostKeys(Annotations.KEYS, request.keyNames().size());
    return request;
  }

  private void requireContainersOfAnnotations() throws NotUnderstoodException {
    Set<String> known = new HashSet<>();
    containers.forEach(container -> known.add(container.name()));
    // Sorted, so that of two mistakes the same one is always told first.
    for (String annotation : new TreeSet<>(annotations.keySet())) {
      if (annotation.startsWith(CONTAINER_PREFIX)) {
        String container = annotation.substring(CONTAINER_PREFIX.length());
        if (!known.contains(container)) {
          throw malformed(
              annotation,
              "end in the name of one of the pod's containers",
              container.equals(PodLayout.SIDECAR) ? "the sidecar's" : Quoted.of(container));
        }
      }
    }
  }

  private Delivery delivery() throws NotUnderstoodException {
    String text = annotations.get(Annotations.DELIVERY);
    if (text == null) {
      return Delivery.Api;
    }
    return Delivery.parse(text)
        .orElseThrow(() -> malformed(Annotations.DELIVERY, "be Api or Files", Quoted.of(text)));
  }

  private static List<String> names(String annotation, String list) throws NotUnderstoodException {
    List<String> names = new ArrayList<>();
    String[] parts = list.split(",", MOST_KEYS + 2);
    requireAtMostMostKeys(annotation, parts.length);
    for (String part : parts) {
      String name = part.strip();
      if (name.indexOf('/') >= 0) {
        throw new NotUnderstoodException(
            InjectionRefusal.KeyInOtherNamespace,
            "the annotation "
                + annotation
                + " names the key "
                + Quoted.of(name)
                + ": a pod gets keys of its own namespace only, by their bare names; create an"
                + " ExportableKey here");
      }
      if (!NAME.matcher(name).matches()) {
        throw malformed(
            annotation, "list names of ExportableKeys, separated by commas", Quoted.of(name));
      }
      if (names.contains(name)) {
        throw malformed(annotation, "name each key once", Quoted.of(name) + " twice");
      }
      names.add(name);
    }
    return names;
  }

  private static void requireAtMostMostKeys(String annotation, int count)
      throws NotUnderstoodException {
    if (count > MOST_KEYS) {
      throw malformed(annotation, "leave it at " + MOST_KEYS + " keys for one pod", "more");
    }
  }

  private static NotUnderstoodException malformed(
      String annotation, String expected, String found) {
    return new NotUnderstoodException(
        InjectionRefusal.AnnotationMalformed,
        "the annotation " + annotation + " has to " + expected + ", and has " + found);
  }

  private static final class NotUnderstoodException extends Exception {

    private static final long serialVersionUID = 1L;

    private final InjectionRefusal reason;

    NotUnderstoodException(InjectionRefusal reason, String sentence) {
      super(sentence);
      this.reason = reason;
    }

    InjectionDecision.Refuse refusal() {
      return new InjectionDecision.Refuse(
          reason, Objects.requireNonNullElse(getMessage(), reason.name()));
    }
  }
}
