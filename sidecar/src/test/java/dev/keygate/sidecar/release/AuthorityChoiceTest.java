package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.policy.PolicyParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityChoiceTest {

  /** Keys are lists of authorities, * for no policy; groups are authorities and keys. */
  @ParameterizedTest(name = "{0} pinned, policies {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b | *           | a b:0
          a b | * *         | a b:0 1
          a b | ab ba       | a b:0 1
          a b | b           | b:0
          a b | ab b        | b:0 1
          a b | a b         | a:0; b:1
          a b | ab a b      | a:0 1; b:2
          a b | c           | :0
          a b | c a         | :0; a:1
          a b | c c         | :0 1
          b a | ab          | b a:0
          """)
  void groupsKeysThatShareAnAuthority(String pinned, String policies, String groups)
      throws Exception {
    List<KeyTarget> targets = new ArrayList<>();
    for (String named : policies.split(" ", -1)) {
      targets.add(target(targets.size(), named));
    }
    assertThat(
            AuthorityChoice.of(targets, authorities(pinned.replace(" ", ""))).stream()
                .map(AuthorityChoiceTest::text)
                .collect(Collectors.joining("; ")))
        .isEqualTo(groups);
  }

  private static String text(AuthorityChoice choice) {
    return choice.authorities().stream()
            .map(authority -> authority.toString().substring("https://".length()).substring(0, 1))
            .collect(Collectors.joining(" "))
        + ":"
        + choice.targets().stream().map(KeyTarget::name).collect(Collectors.joining(" "));
  }

  private static KeyTarget target(int number, String named) throws Exception {
    KeyIdentifier key = KeyIdentifier.parse("https://contoso.vault.azure.net/keys/k" + number);
    if (named.equals("*")) {
      return new KeyTarget(Integer.toString(number), key, Optional.empty());
    }
    String branches =
        authorities(named).stream()
            .map(a -> "{\"authority\":\"" + a + "\",\"allOf\":[{\"claim\":\"c\",\"equals\":1}]}")
            .collect(Collectors.joining(","));
    return new KeyTarget(
        Integer.toString(number),
        key,
        Optional.of(PolicyParser.parse("{\"anyOf\":[" + branches + "]}")));
  }

  private static List<AuthorityEndpoint> authorities(String letters) {
    return Arrays.stream(letters.split("", -1))
        .filter(letter -> !letter.isEmpty())
        .map(letter -> new AuthorityEndpoint(letter + ".weu.attest.azure.net"))
        .toList();
  }
}
