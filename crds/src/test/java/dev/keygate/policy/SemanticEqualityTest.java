package dev.keygate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SemanticEqualityTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          boolean and its text | A:all(c=true) | A:all(c="true")
          number and its text | A:all(c=0) | A:all(c="0")
          order | A:all(c=1,d=2) | A:all(d=2,c=1)
          repetition | A:all(c=1,c=1) | A:all(c=1)
          list of one | A:all(c=1) | A:any(c=1)
          list of one in a list | A:all(c=1,any(d=2)) | A:all(c=1,d=2)
          list in a list of its kind | A:all(c=1,all(d=2,e=3)) | A:all(c=1,d=2,e=3)
          slash | https://x/:all(c=1) | https://x:all(c=1)
          case of the host | https://X.Azure.net:all(c=1) | https://x.azure.net:all(c=1)
          branches of one authority are alternatives | A:all(c=1);A:all(d=2) | A:any(c=1,d=2)
          order of branches | A:all(c=1);B:all(d=2) | B:all(d=2);A:all(c=1)
          """)
  void ignoresWhatMakesNoDifference(String difference, String one, String other)
      throws PolicySyntaxException {
    assertThat(SemanticEquality.equal(policy(one), policy(other))).as(difference).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          value | A:all(c=1) | A:all(c=2)
          case of a value | A:all(c="aa") | A:all(c="AA")
          case of a claim | A:all(c=1) | A:all(C=1)
          spelling of a number as text | A:all(c=1) | A:all(c="1.0")
          kind of list | A:all(c=1,d=2) | A:any(c=1,d=2)
          kind of inner list | A:all(c=1,any(d=2,e=3)) | A:all(c=1,all(d=2,e=3))
          one more condition | A:all(c=1) | A:all(c=1,d=2)
          one more authority | A:all(c=1) | A:all(c=1);B:all(c=1)
          authority | A:all(c=1) | B:all(c=1)
          case of the path | https://x/a:all(c=1) | https://x/A:all(c=1)
          two slashes | https://x//:all(c=1) | https://x:all(c=1)
          scheme | http://x:all(c=1) | https://x:all(c=1)
          conditions swapped between authorities | A:all(c=1);B:all(d=2) | A:all(d=2);B:all(c=1)
          alternatives against joint conditions | A:all(c=1);A:all(d=2) | A:all(c=1,d=2)
          """)
  void seesWhatMakesADifference(String difference, String one, String other)
      throws PolicySyntaxException {
    assertThat(SemanticEquality.equal(policy(one), policy(other))).as(difference).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Operator.class, mode = EnumSource.Mode.EXCLUDE, names = "EQUALS")
  void seesAnotherOperator(Operator operator) throws PolicySyntaxException {
    ReleasePolicyDocument equals = policy("A:all(c=1)");
    ReleasePolicyDocument other =
        PolicyParser.parse(
            CanonicalWriter.write(equals).replace("\"equals\"", "\"" + operator.keyword() + "\""));

    assertThat(SemanticEquality.equal(equals, other)).isFalse();
  }

  /** {@code A:all(c=1,any(d=2));B:…} written out. */
  private static ReleasePolicyDocument policy(String text) throws PolicySyntaxException {
    StringBuilder json = new StringBuilder("{\"anyOf\":[");
    for (String branch : text.split(";", -1)) {
      int colon = branch.lastIndexOf(':');
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
          .append("{\"authority\":\"")
          .append(branch, 0, colon)
          .append("\",")
          .append(list(branch.substring(colon + 1)))
          .append("}");
    }
    return PolicyParser.parse(json.append("]}").toString());
  }

  private static String list(String text) {
    return text.replaceAll("(\\w+)=([^,)]+)", "{\"claim\":\"$1\",\"equals\":$2}")
        .replaceAll("(?<=[(,])(all|any)\\(([^()]*)\\)", "{\"$1Of\":[$2]}")
        .replaceAll("^(all|any)\\((.*)\\)$", "\"$1Of\":[$2]");
  }
}
