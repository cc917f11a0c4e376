package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vault that was told to evaluate all of the grammar's comparisons. */
class LenientPolicyTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench(VaultSettings.DEFAULT.with(VaultSettings.PolicyOperators.ALL));
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @Tag("azure-20")
  @ParameterizedTest
  @CsvSource({
    "svn, equals, 5, 200",
    "svn, equals, 6, 403",
    "svn, notEquals, 6, 200",
    "svn, notEquals, 5, 403",
    "svn, less, 6, 200",
    "svn, less, 5, 403",
    "svn, lessOrEquals, 5, 200",
    "svn, lessOrEquals, 4, 403",
    "svn, greater, 4, 200",
    "svn, greater, 5, 403",
    "svn, greaterOrEquals, 5, 200",
    "svn, greaterOrEquals, 6, 403",
    "text, greater, 4, 200",
    "word, greater, 4, 403",
    "svn, exists, true, 200",
    "svn, exists, false, 403",
    "absent, exists, false, 200",
    "absent, exists, true, 403",
    "absent, notEquals, 1, 403",
    "absent, less, 1, 403"
  })
  void evaluates(String claim, String operator, String value, int status) {
    String name = "k" + UUID.randomUUID();
    String policy = VaultBench.policy(claim, value).replace("\"equals\"", "\"" + operator + "\"");
    bench.create(name, VaultBench.exportable("EC-HSM", policy));
    String token =
        bench.authority.token(
            claims -> claims.put("svn", 5).put("text", "5").put("word", "five"), header -> {});

    assertThat(bench.release("/keys/" + name, Json.object().put("target", token)).status())
        .isEqualTo(status);
  }
}
