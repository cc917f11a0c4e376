package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of other people's mistakes in the trust model, and the tests that are tagged so. */
class RivalTagsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(rival-[0-9]{2})\"\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (rival-[0-9]{2}) \\|.*$");
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  @Test
  void listsEveryMistakeOnce() throws Exception {
    assertThat(rows(row -> true))
        .isEqualTo(
            IntStream.rangeClosed(1, 19)
                .mapToObj(number -> String.format(Locale.ROOT, "rival-%02d", number))
                .collect(Collectors.toSet()));
  }

  @Test
  void hasTestsForEachThatCanApply() throws Exception {
    assertThat(tags()).isEqualTo(rows(row -> !row.contains("cannot apply")));
  }

  private interface Choice {
    boolean takes(String row);
  }

  private static Set<String> rows(Choice choice) throws IOException {
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/trust-model.md")));
    Set<String> rows = new TreeSet<>();
    while (row.find()) {
      if (choice.takes(row.group())) {
        rows.add(row.group(1));
      }
    }
    return rows;
  }

  private static Set<String> tags() throws IOException {
    Set<String> tags = new TreeSet<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.stream().anyMatch(folder::endsWith)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".java")) {
              TAG.matcher(Files.readString(file)).results().forEach(tag -> tags.add(tag.group(1)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return tags;
  }
}
