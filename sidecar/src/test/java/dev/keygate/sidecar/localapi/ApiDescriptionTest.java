package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The description is written by hand; what it says of routes and codes is compared. */
class ApiDescriptionTest {

  @Test
  void listsTheRoutesAndNoOthers() throws Exception {
    JsonMembers paths = description().members("paths");
    TreeSet<String> described = new TreeSet<>();
    for (String path : paths.object().members().keySet()) {
      for (String method : paths.members(path).object().members().keySet()) {
        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
      }
    }

    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(ApiRoute.values())
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @EnumSource
  void saysOfEveryCodeWithWhichStatusItComes(ApiCode code) throws Exception {
    String text = ApiDescription.text();
    JsonMembers paths = description().members("paths");
    boolean isDescribed = false;
    for (ApiRoute route : ApiRoute.values()) {
      JsonMembers responses =
          paths
              .members(route.path())
              .members(route.method().toLowerCase(Locale.ROOT))
              .members("responses");
      String status = Integer.toString(code.status());
      isDescribed |=
          responses.has(status)
              && responses.members(status).text("description").contains(code.name());
    }

    assertThat(text).contains(code.name());
    assertThat(isDescribed).as(code.name()).isTrue();
  }

  @Test
  void demandsTheCallersTokenEverywhereButForItself() throws Exception {
    JsonMembers paths = description().members("paths");
    List<ApiRoute> open =
        Arrays.stream(ApiRoute.values()).filter(route -> isOpen(paths, route)).toList();

    assertThat(open).containsExactly(ApiRoute.DESCRIPTION);
  }

  private static boolean isOpen(JsonMembers paths, ApiRoute route) {
    try {
      return paths
          .members(route.path())
          .members(route.method().toLowerCase(Locale.ROOT))
          .has("security");
    } catch (JsonFormatException malformed) {
      throw new IllegalStateException(route.path(), malformed);
    }
  }

  private static JsonMembers description() throws Exception {
    return JsonMembers.parse(Bytes.ofUtf8(ApiDescription.text()));
  }
}
