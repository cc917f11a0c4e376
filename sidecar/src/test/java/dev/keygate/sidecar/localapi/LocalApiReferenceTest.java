package dev.keygate.sidecar.localapi;

import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.reference.ReferencePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/reference/local-api.md says what the API's description says, and shows the snippets. */
class LocalApiReferenceTest {

  private static final Path SNIPPETS = Path.of("..", "deploy", "examples", "local-api");

  private static final String HEAD =
      """
      # The local API

      Generated from the description that the sidecar serves at `/v1/openapi.json`; a test compares the two. What stops whom is in
      the [trust model](../trust-model.md), every code in the [runbook](../runbook.md#codes-of-the-local-api).

      - **Where.** `http://127.0.0.1:8250`, this literal address and no name; and for each container a Unix socket in its own folder,
        `/run/keygate/api.sock`, where the `Host` header is `localhost`. Over the socket a container depends on no other for
        its turn.
      - **Who.** `Authorization: Bearer` and the content of `/run/keygate/token`, a file that only this container has. It stands for
        the keys that the pod's annotations give to the container, and outlives a restart of the sidecar.
      - **How.** HTTP/1.1 without proxy, redirects, CORS, queries and chunked bodies. What returns a key is a POST with
        `Content-Type: application/json`. A connection that is silent for ten seconds is closed.
      - **What goes wrong** comes as problem details (RFC 9457) whose `code` is stable and whose `type` leads to the runbook.
        `Retry-After` says when to come back.

      """;

  @Test
  void isGenerated() throws Exception {
    JsonMembers paths = JsonMembers.parse(Bytes.ofUtf8(ApiDescription.text())).members("paths");
    StringBuilder text = new StringBuilder(HEAD);
    for (ApiRoute route : ApiRoute.values()) {
      JsonMembers call =
          paths.members(route.path()).members(route.method().toLowerCase(Locale.ROOT));
      text.append("## `%s %s`%n%n".formatted(route.method(), route.path()));
      text.append(call.text("summary")).append(".\n");
      call.optionalText("description")
          .ifPresent(more -> text.append('\n').append(more).append('\n'));
      text.append("\n| status | |\n|---|---|\n");
      for (String status : call.members("responses").object().members().keySet()) {
        text.append(
            "| %s | %s |%n"
                .formatted(
                    status,
                    ReferencePage.cell(
                        call.members("responses").members(status).text("description"))));
      }
      text.append('\n');
    }
    text.append("## From an app\n\nEach fetches the key `session` and makes a MAC with it.\n");
    for (Snippet snippet : Snippet.values()) {
      text.append(
          "%n### %s%n%n```%s%n%s```%n"
              .formatted(
                  snippet.title(),
                  snippet.language(),
                  Files.readString(SNIPPETS.resolve(snippet.fileName()))));
    }

    new ReferencePage("local-api.md").isGenerated(text.toString());
  }

  private enum Snippet {
    CURL("curl", "bash", "fetch.sh"),
    JAVA("Java", "java", "Fetch.java"),
    PYTHON("Python", "python", "fetch.py"),
    GO("Go", "go", "fetch.go");

    private final String title;
    private final String language;
    private final String fileName;

    Snippet(String title, String language, String fileName) {
      this.title = title;
      this.language = language;
      this.fileName = fileName;
    }

    String title() {
      return title;
    }

    String language() {
      return language;
    }

    String fileName() {
      return fileName;
    }
  }
}
