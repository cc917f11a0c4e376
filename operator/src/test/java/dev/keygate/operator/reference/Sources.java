package dev.keygate.operator.reference;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Java sources, parsed and not compiled. */
record Sources(DocTrees docs, List<CompilationUnitTree> units) {

  Sources {
    units = List.copyOf(units);
  }

  /** One file. */
  static Sources file(Path file) throws IOException {
    return parse(List.of(file));
  }

  /** All files of a folder and below, in the order of their names. */
  static Sources folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return parse(files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    }
  }

  private static Sources parse(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      return new Sources(DocTrees.instance(task), units);
    }
  }

  /** The comment of what a path leads to; empty if it has none. */
  String comment(TreePath path) {
    String comment = docs.getDocComment(path);
    return comment == null ? "" : comment;
  }

  <R extends @Nullable Object> void scan(TreePathScanner<R, Void> scanner) {
    units.forEach(unit -> scanner.scan(unit, null));
  }
}
