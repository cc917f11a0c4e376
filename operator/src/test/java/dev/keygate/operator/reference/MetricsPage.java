package dev.keygate.operator.reference;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The metrics that the operator registers, found where it does. */
final class MetricsPage {

  private static final Path CODE = Path.of("src/main/java");
  private static final List<String> COLUMNS = List.of("metric", "type", "meaning");

  private final Sources sources;
  private final Map<String, List<String>> rows = new TreeMap<>();

  private MetricsPage(Sources sources) {
    this.sources = sources;
  }

  static String write() throws IOException {
    MetricsPage page = new MetricsPage(Sources.folder(CODE));
    page.collect();
    return new Page("Metrics of the operator")
        .text(
            "In the format of Prometheus, at `/metrics` of the management port. Labels come from"
                + " closed lists: no name of an object, key or vault is ever one. The JDK's and the"
                + " HTTP server's own metrics come with them.")
        .table(COLUMNS, List.copyOf(page.rows.values()))
        .write();
  }

  private void collect() {
    sources.scan(
        new TreePathScanner<@Nullable Void, Void>() {
          @Override
          public @Nullable Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            register(getCurrentPath(), call);
            return super.visitMethodInvocation(call, null);
          }
        });
  }

  private void register(TreePath path, MethodInvocationTree call) {
    List<? extends ExpressionTree> arguments = call.getArguments();
    List<String> texts = texts(arguments);
    if (texts.stream().noneMatch(text -> text.matches("keygate[._][a-z._]+"))) {
      return;
    }
    String method = method(call);
    if (texts.getFirst().startsWith("keygate.")) {
      micrometer(path, method, texts.getFirst());
    } else if (method.equals("gauge") && texts.size() > 1) {
      add(texts.get(0), "gauge", texts.get(1));
    }
  }

  private void micrometer(TreePath path, String method, String name) {
    String meaning = Comment.inline(sources.comment(enclosingType(path)));
    String metric = name.replace('.', '_');
    switch (method) {
      case "counter", "Counter.builder" -> add(metric + "_total", "counter", meaning);
      case "timer", "Timer.builder" -> add(metric + "_seconds", "summary", meaning);
      case "gauge", "Gauge.builder" -> add(metric, "gauge", meaning);
      default -> {}
    }
  }

  private static String method(MethodInvocationTree call) {
    return switch (call.getMethodSelect()) {
      case MemberSelectTree select when select.getIdentifier().contentEquals("builder") ->
          select.toString();
      case MemberSelectTree select -> select.getIdentifier().toString();
      default -> call.getMethodSelect().toString().toLowerCase(Locale.ROOT);
    };
  }

  private static TreePath enclosingType(TreePath path) {
    TreePath type = path;
    TreePath outermost = path;
    while (type != null) {
      if (type.getLeaf() instanceof ClassTree) {
        outermost = type;
      }
      type = type.getParentPath();
    }
    return outermost;
  }

  private static List<String> texts(List<? extends ExpressionTree> arguments) {
    List<String> texts = new ArrayList<>();
    for (ExpressionTree argument : arguments) {
      if (argument instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private void add(String metric, String type, String meaning) {
    rows.putIfAbsent(metric, List.of(Page.code(metric), type, meaning));
  }
}
