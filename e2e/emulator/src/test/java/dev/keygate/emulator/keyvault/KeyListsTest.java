package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyListsTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
    for (String name : List.of("gone", "plain", "second", "third", "zero")) {
      bench.create(name, Json.object().put("kty", "EC-HSM"));
    }
    bench.manage("DELETE", "/keys/gone", Json.object());
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-30")
  @Test
  void pagesWithAbsoluteLinks() {
    LabClient.Reply page = send("GET", "/keys", "&maxresults=1");

    assertThat(page.json().path("value")).hasSize(1);
    String next = page.json().path("nextLink").asText();
    assertThat(next).startsWith(VaultBench.URL + "/keys?api-version=7.4&$skiptoken=1");
    assertThat(send("GET", "/keys", "&maxresults=26").status()).isEqualTo(400);
  }

  @Tag("azure-30")
  @Test
  void leadsThroughAllPages() {
    List<String> names = new ArrayList<>();
    String next = VaultBench.URL + "/keys" + VaultBench.VERSION + "&maxresults=2";
    while (!next.isEmpty()) {
      LabClient.Reply page = bench.sendTo("GET", next, bench.officer(), "");
      page.json().path("value").forEach(item -> names.add(item.path("kid").asText()));
      next = page.json().path("nextLink").asText("");
    }

    assertThat(names).doesNotHaveDuplicates().contains(VaultBench.URL + "/keys/plain");
    assertThat(names).noneMatch(name -> name.endsWith("/keys/gone"));
  }

  @Tag("azure-30")
  @ParameterizedTest
  @ValueSource(
      strings = {"maxresults=0", "maxresults=26", "maxresults=-1", "maxresults=x", "$skiptoken=-1"})
  void refusesPageOfNoSize(String query) {
    LabClient.Reply reply = send("GET", "/keys", "&" + query.replace("$", "%24"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @Tag("azure-04")
  @ParameterizedTest
  @ValueSource(strings = {"/keys/plain", "/keys/plain/", "/keys//plain", "//keys/plain//"})
  void takesDoubledAndTrailingSlashes(String path) {
    LabClient.Reply reply = get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(kid(reply)).contains("/keys/plain/");
  }

  private static LabClient.Reply get(String path) {
    return send("GET", path, "");
  }

  private static LabClient.Reply send(String method, String path, String moreQuery) {
    return bench.send(method, path + VaultBench.VERSION + moreQuery, bench.officer(), "");
  }

  private static String kid(LabClient.Reply reply) {
    return reply.json().at("/key/kid").asText();
  }
}
