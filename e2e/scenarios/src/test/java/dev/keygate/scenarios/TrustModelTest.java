package dev.keygate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrustModelTest {

  private static final Pattern NAMED_TEST =
      Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))(?:\\.([a-z][A-Za-z]+))?`");

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    List<Path> sources = Checkout.javaSources();
    List<String> missing = new ArrayList<>();
    Matcher named =
        NAMED_TEST.matcher(Files.readString(Checkout.root().resolve("docs/trust-model.md")));
    int count = 0;
    while (named.find()) {
      count++;
      if (!exists(sources, named.group(1), named.group(2))) {
        missing.add(named.group());
      }
    }

    assertThat(missing).isEmpty();
    assertThat(count).as("tests named").isGreaterThanOrEqualTo(10);
  }

  private static boolean exists(List<Path> sources, String type, @Nullable String member)
      throws IOException {
    for (Path source : sources) {
      if (source.getFileName().toString().equals(type + ".java")
          && (member == null || Files.readString(source).contains(" " + member))) {
        return true;
      }
    }
    return false;
  }
}
