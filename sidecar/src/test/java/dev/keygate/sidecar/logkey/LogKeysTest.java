package dev.keygate.sidecar.logkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every log statement of the sidecar, held to the one list of keys. */
class LogKeysTest {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*([^,\\s]+),");

  @Test
  void logsUnderListedKeysAlone() throws Exception {
    assertThat(used())
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key).startsWith("LogKeys."))
        .containsAll(listed());
  }

  @Test
  void spellsEveryKeyOnce() throws Exception {
    List<String> values = constants().map(LogKeysTest::value).toList();
    assertThat(values).doesNotHaveDuplicates().allMatch(value -> value.matches("[a-z][A-Za-z]+"));
  }

  /** A message is constant: what differs from one record to the next is a value with a key. */
  @Test
  void logsConstantMessages() throws Exception {
    Pattern assembled = Pattern.compile("\\.log\\((?!\"|what\\))");
    for (Path source : sources()) {
      String text = Files.readString(source);
      if (text.contains("org.slf4j.Logger;")) {
        assertThat(assembled.matcher(text).find()).as(source.toString()).isFalse();
      }
    }
  }

  private static List<String> used() throws IOException {
    return sources().stream().flatMap(LogKeysTest::keys).distinct().toList();
  }

  private static Stream<String> keys(Path source) {
    try {
      return KEY
          .matcher(Files.readString(source))
          .results()
          .map(found -> found.group(1))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  private static List<String> listed() {
    return constants().map(field -> "LogKeys." + field.getName()).toList();
  }

  private static Stream<Field> constants() {
    return Arrays.stream(LogKeys.class.getFields());
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
