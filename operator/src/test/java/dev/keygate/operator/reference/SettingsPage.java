package dev.keygate.operator.reference;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings, as their mapping interface has them. */
final class SettingsPage {

  private static final Path SETTINGS =
      Path.of("src/main/java/dev/keygate/operator/config/OperatorSettings.java");
  private static final List<String> COLUMNS = List.of("setting", "default", "meaning");

  private final Sources sources;
  private final Map<String, List<Entry>> interfaces = new LinkedHashMap<>();

  private SettingsPage(Sources sources) {
    this.sources = sources;
  }

  static String write() throws IOException {
    SettingsPage page = new SettingsPage(Sources.file(SETTINGS));
    page.collect();
    List<List<String>> rows = new ArrayList<>();
    page.expand("keygate", "OperatorSettings", rows);
    return new Page("Settings of the operator")
        .text(
            "Properties, or environment variables. A setting that is not listed here is refused at"
                + " start, and so is a value that does not fit.")
        .table(COLUMNS, rows)
        .write();
  }

  private void expand(String prefix, String type, List<List<String>> rows) {
    for (Entry entry : interfaces.getOrDefault(type, List.of())) {
      String name = prefix + "." + entry.name();
      String element = entry.type().replaceFirst("^Map<String, ?(\\w+)>$", "$1");
      String path = element.equals(entry.type()) ? name : name + ".<name>";
      if (interfaces.containsKey(element)) {
        expand(path, element, rows);
      } else {
        rows.add(List.of(Page.code(path), entry.preset(), entry.meaning()));
      }
    }
  }

  private void collect() {
    sources.scan(
        new TreePathScanner<@Nullable Void, Void>() {
          @Override
          public @Nullable Void visitMethod(MethodTree method, Void none) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type) {
              interfaces
                  .computeIfAbsent(type.getSimpleName().toString(), _ -> new ArrayList<>())
                  .add(
                      new Entry(
                          kebab(method),
                          String.valueOf(method.getReturnType()),
                          preset(method),
                          Comment.inline(sources.comment(getCurrentPath()))));
            }
            return null;
          }
        });
  }

  private static String kebab(MethodTree method) {
    return argument(method, "WithName")
        .map(SettingsPage::text)
        .orElseGet(
            () ->
                method.getName().toString().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  private static String preset(MethodTree method) {
    String type = String.valueOf(method.getReturnType());
    String absent = type.startsWith("Optional") || type.startsWith("Map") ? "none" : "required";
    return argument(method, "WithDefault").map(value -> Page.code(text(value))).orElse(absent);
  }

  private static String text(ExpressionTree value) {
    return value instanceof LiteralTree literal
        ? String.valueOf(literal.getValue())
        : ConstantValue.of(value.toString());
  }

  private static Optional<ExpressionTree> argument(MethodTree method, String annotation) {
    return method.getModifiers().getAnnotations().stream()
        .filter(each -> each.getAnnotationType().toString().equals(annotation))
        .map(AnnotationTree::getArguments)
        .<ExpressionTree>map(arguments -> arguments.getFirst())
        .findFirst();
  }

  /** One method of an interface. */
  private record Entry(String name, String type, String preset, String meaning) {}
}
