package dev.keygate.policy;

import dev.keygate.json.JsonLimits;
import dev.keygate.json.JsonReader;
import dev.keygate.json.JsonSyntaxException;
import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonBoolean;
import dev.keygate.json.JsonValue.JsonNull;
import dev.keygate.json.JsonValue.JsonNumber;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the release-policy grammar, strictly: exact keywords, no unknown or repeated members, no
 * empty lists, one combination per object and one comparison per claim. Comments are read over,
 * because the documentation prints policies with them.
 */
public final class PolicyParser {

  private static final JsonLimits LIMITS =
      new JsonLimits(PolicyLimits.MAX_BYTES, 32, 40_000, JsonLimits.Comments.ALLOWED);

  /** What Key Vault is known to take; it stores {@link ReleasePolicyDocument#VERSION} for all. */
  private static final Set<String> VERSIONS = Set.of("0.2", "1.0", ReleasePolicyDocument.VERSION);

  private static final Set<String> JUNCTIONS =
      Arrays.stream(Junction.values()).map(Junction::keyword).collect(Collectors.toSet());
  private static final Set<String> OPERATORS =
      Arrays.stream(Operator.values()).map(Operator::keyword).collect(Collectors.toSet());
  private static final Set<String> ROOT_MEMBERS = Set.of("version", Junction.ANY_OF.keyword());
  private static final Set<String> BRANCH_MEMBERS = union(Set.of("authority"), JUNCTIONS);
  private static final Set<String> CLAIM_MEMBERS = union(Set.of("claim"), OPERATORS);
  private static final Set<String> CONDITION_MEMBERS = union(CLAIM_MEMBERS, JUNCTIONS);

  private PolicyParser() {}

  /**
   * Reads a policy of at most {@link PolicyLimits#MAX_BYTES} bytes, as it is written and in its
   * canonical text.
   *
   * @throws PolicySyntaxException for every text that is not a policy of the grammar
   */
  public static ReleasePolicyDocument parse(String json) throws PolicySyntaxException {
    try {
      Node root = new Node(JsonReader.read(json, LIMITS), "");
      ReleasePolicyDocument document = document(root);
      requireShortCanonicalText(root, document);
      return document;
    } catch (JsonSyntaxException e) {
      throw new PolicySyntaxException(e.position(), "", e.expected(), e.found());
    }
  }

  /** Numbers grow when they are written out; what we write, we have to be able to read. */
  private static void requireShortCanonicalText(Node root, ReleasePolicyDocument document)
      throws PolicySyntaxException {
    int size = CanonicalWriter.write(document).getBytes(StandardCharsets.UTF_8).length;
    if (size > PolicyLimits.MAX_BYTES) {
      throw root.wrong(
          "a canonical text of at most " + PolicyLimits.MAX_BYTES + " bytes", "" + size);
    }
  }

  private static ReleasePolicyDocument document(Node root) throws PolicySyntaxException {
    Set<String> names = root.memberNames("an object with version and anyOf", ROOT_MEMBERS);
    if (names.contains("version")) {
      requireKnownVersion(root.requiredMember("version"));
    }
    List<AuthorityBranch> branches = new ArrayList<>();
    Node anyOf = root.requiredMember(Junction.ANY_OF.keyword());
    for (Node branch : anyOf.elements("authorities", PolicyLimits.MAX_AUTHORITIES)) {
      branches.add(branch(branch));
    }
    return new ReleasePolicyDocument(branches);
  }

  private static void requireKnownVersion(Node version) throws PolicySyntaxException {
    String expected = "one of the versions " + String.join(", ", new TreeSet<>(VERSIONS));
    String text = version.text(expected);
    if (!VERSIONS.contains(text)) {
      throw version.wrong(expected, Node.quote(text));
    }
  }

  private static AuthorityBranch branch(Node node) throws PolicySyntaxException {
    node.memberNames("an object with authority and one of allOf, anyOf", BRANCH_MEMBERS);
    Authority authority = authority(node.requiredMember("authority"));
    Junction junction = junction(node);
    return new AuthorityBranch(
        authority, junction, conditions(node.requiredMember(junction.keyword()), 1));
  }

  private static Authority authority(Node node) throws PolicySyntaxException {
    String expected = "a string of 1 to " + PolicyLimits.MAX_AUTHORITY_LENGTH + " characters";
    String name = node.text(expected);
    if (name.isEmpty() || name.length() > PolicyLimits.MAX_AUTHORITY_LENGTH) {
      throw node.wrong(expected, name.length() + " characters");
    }
    return new Authority(name);
  }

  private static Junction junction(Node node) throws PolicySyntaxException {
    boolean hasAnyOf = node.member(Junction.ANY_OF.keyword()).isPresent();
    boolean hasAllOf = node.member(Junction.ALL_OF.keyword()).isPresent();
    if (hasAnyOf == hasAllOf) {
      throw node.wrong("exactly one of allOf, anyOf", hasAnyOf ? "both" : "none");
    }
    return hasAnyOf ? Junction.ANY_OF : Junction.ALL_OF;
  }

  private static List<Condition> conditions(Node list, int depth) throws PolicySyntaxException {
    if (depth > PolicyLimits.MAX_DEPTH) {
      throw list.wrong("conditions nested to depth " + PolicyLimits.MAX_DEPTH, "deeper ones");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Node node : list.elements("conditions", PolicyLimits.MAX_CONDITIONS)) {
      conditions.add(condition(node, depth));
    }
    return conditions;
  }

  private static Condition condition(Node node, int depth) throws PolicySyntaxException {
    Set<String> names =
        node.memberNames("an object with one of claim, anyOf, allOf", CONDITION_MEMBERS);
    if (names.stream().anyMatch(CLAIM_MEMBERS::contains)) {
      return claimCondition(node);
    }
    Junction junction = junction(node);
    List<Condition> nested = conditions(node.requiredMember(junction.keyword()), depth + 1);
    return switch (junction) {
      case ANY_OF -> new AnyOf(nested);
      case ALL_OF -> new AllOf(nested);
    };
  }

  private static ClaimCondition claimCondition(Node node) throws PolicySyntaxException {
    Set<String> names = node.memberNames("an object with claim and one operator", CLAIM_MEMBERS);
    ClaimName claim = claimName(node.requiredMember("claim"));
    List<Operator> operators = names.stream().flatMap(n -> Operator.of(n).stream()).toList();
    if (operators.size() != 1) {
      throw node.wrong(
          "exactly one operator of " + String.join(", ", new TreeSet<>(OPERATORS)),
          operators.isEmpty() ? "none" : String.valueOf(operators.size()));
    }
    Operator operator = operators.getFirst();
    return new ClaimCondition(claim, operator, scalar(node.requiredMember(operator.keyword())));
  }

  private static ClaimName claimName(Node node) throws PolicySyntaxException {
    String expected =
        "a claim's name of 1 to "
            + PolicyLimits.MAX_CLAIM_LENGTH
            + " characters without empty segments";
    String name = node.text(expected);
    if (!ClaimName.isClaimName(name)) {
      throw node.wrong(expected, Node.quote(name));
    }
    return new ClaimName(name);
  }

  private static ScalarValue scalar(Node node) throws PolicySyntaxException {
    return switch (node.value()) {
      case JsonText text -> text(node, text.text());
      case JsonNumber number -> new ScalarValue.Numeric(number.number());
      case JsonBoolean truth -> new ScalarValue.Truth(truth.isTrue());
      case JsonObject _, JsonArray _, JsonNull _ -> throw node.wrong("a string, number or boolean");
    };
  }

  private static ScalarValue text(Node node, String text) throws PolicySyntaxException {
    if (text.length() > PolicyLimits.MAX_TEXT_LENGTH) {
      throw node.wrong(
          "at most " + PolicyLimits.MAX_TEXT_LENGTH + " characters", text.length() + " characters");
    }
    return new ScalarValue.Text(text);
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
