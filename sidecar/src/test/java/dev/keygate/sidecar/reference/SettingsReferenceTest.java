package dev.keygate.sidecar.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.sidecar.config.SidecarSettings;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/sidecar-settings.md says what the settings' interface says. */
class SettingsReferenceTest {

  private static final String HEAD =
      """
      # Settings of the sidecar

      Generated from `SidecarSettings`; a test compares the two. In an injected pod the webhook writes them. They are read from
      environment variables of exactly these names (`keygate.enc=…`, with its dots) and from Java's system properties, which come
      first. Upper-case variables are not read. A setting that is not listed here is refused, by name.

      | setting | default | meaning |
      |---|---|---|
      """;

  /** A comment, what is annotated, a type with its name. */
  private static final Pattern METHOD =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@WithDefault\\(\"[^\"]*\"\\)\\s*)?[A-Za-z<>., ]+"
              + " (\\w+)\\(\\);",
          Pattern.DOTALL);

  private static final Pattern INTERFACE = Pattern.compile("(?m)^  interface (\\w+) \\{");

  @Test
  void isGenerated() throws Exception {
    Map<String, String> comments = comments(JavaSource.read("config/SidecarSettings.java"));
    List<String> rows = new ArrayList<>();
    addRows(rows, "keygate", SidecarSettings.class, comments);

    assertThat(rows).hasSizeGreaterThan(15);
    new ReferencePage("sidecar-settings.md").isGenerated(HEAD + String.join("", rows));
  }

  private static void addRows(
      List<String> rows, String prefix, Class<?> type, Map<String, String> comments) {
    Method[] methods = type.getDeclaredMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      String key = prefix + "." + kebab(method.getName());
      Optional<Class<?>> nested = nested(method);
      if (nested.isPresent()) {
        String below = method.getReturnType() == Map.class ? key + ".<name>" : key;
        addRows(rows, below, nested.get(), comments);
      } else {
        String comment = comments.getOrDefault(type.getSimpleName() + "." + method.getName(), "");
        assertThat(comment).as(key).isNotEmpty();
        rows.add(
            "| `%s` | %s | %s |%n".formatted(key, defaultOf(method), ReferencePage.cell(comment)));
      }
    }
  }

  private static Optional<Class<?>> nested(Method method) {
    Type type = method.getGenericReturnType();
    if (type instanceof ParameterizedType generic && method.getReturnType() == Map.class) {
      type = generic.getActualTypeArguments()[1];
    }
    return type instanceof Class<?> raw && raw.getEnclosingClass() == SidecarSettings.class
        ? Optional.of(raw)
        : Optional.empty();
  }

  private static String defaultOf(Method method) {
    WithDefault written = method.getAnnotation(WithDefault.class);
    if (written != null) {
      return "`" + written.value() + "`";
    }
    return method.getReturnType() == Optional.class ? "none" : "required";
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** By interface and method. */
  private static Map<String, String> comments(String source) {
    Map<String, String> comments = new LinkedHashMap<>();
    Matcher method = METHOD.matcher(source);
    while (method.find()) {
      String owner = "SidecarSettings";
      Matcher nested = INTERFACE.matcher(source).region(0, method.start(2));
      while (nested.find()) {
        owner = nested.group(1);
      }
      comments.put(owner + "." + method.group(2), JavaSource.markdown(method.group(1)));
    }
    return comments;
  }
}
