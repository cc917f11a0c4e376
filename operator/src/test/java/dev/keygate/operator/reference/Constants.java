package dev.keygate.operator.reference;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of an enumeration and what their comments say. */
final class Constants {

  private Constants() {}

  /** Name to comment, in the order of the source; constants of nested enumerations are left out. */
  static Map<String, String> of(Path file) throws IOException {
    Sources sources = Sources.file(file);
    Map<String, String> constants = new LinkedHashMap<>();
    sources.scan(
        new TreePathScanner<@Nullable Void, Void>() {
          @Override
          public @Nullable Void visitClass(ClassTree type, Void none) {
            boolean isOutermost =
                getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            return isOutermost ? super.visitClass(type, null) : null;
          }

          @Override
          public @Nullable Void visitVariable(VariableTree variable, Void none) {
            String type = String.valueOf(variable.getType());
            boolean isConstant =
                getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
                    && outer.getSimpleName().contentEquals(type);
            if (isConstant) {
              constants.put(
                  variable.getName().toString(), Comment.inline(sources.comment(getCurrentPath())));
            }
            return null;
          }
        });
    return constants;
  }
}
