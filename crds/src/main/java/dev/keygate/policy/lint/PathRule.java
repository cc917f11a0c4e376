package dev.keygate.policy.lint;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds claims at the path of one kind of token among claims at the path of the other: no token has
 * both. Which kind is meant is said by the attestation type, else by the first claim that only one
 * kind has.
 */
final class PathRule {

  private final List<LintWarning> found = new ArrayList<>();

  private PathRule() {}

  static List<LintWarning> mixedPaths(ReleasePolicyDocument document) {
    PathRule rule = new PathRule();
    for (int i = 0; i < document.anyOf().size(); i++) {
      rule.walk(ConditionPath.ofBranch(i), document.anyOf().get(i).condition(), TokenKind.ANY);
    }
    return List.copyOf(rule.found);
  }

  private void walk(String path, Condition condition, TokenKind meant) {
    switch (condition) {
      case ClaimCondition claim -> judge(path, claim, meant);
      case AnyOf(List<Condition> conditions) -> walkAll(path, Junction.ANY_OF, conditions, meant);
      case AllOf(List<Condition> conditions) ->
          walkAll(
              path,
              Junction.ALL_OF,
              conditions,
              meant == TokenKind.ANY ? kindOfAll(conditions) : meant);
    }
  }

  private void walkAll(
      String parent, Junction junction, List<Condition> conditions, TokenKind meant) {
    for (int i = 0; i < conditions.size(); i++) {
      walk(ConditionPath.ofElement(parent, junction, i), conditions.get(i), meant);
    }
  }

  private void judge(String path, ClaimCondition claim, TokenKind meant) {
    TokenKind kind = KnownClaim.kind(claim);
    if (meant == TokenKind.GUEST && kind == TokenKind.PLATFORM) {
      found.add(
          new LintWarning(
              LintCode.PlatformPathInGuestPolicy,
              path,
              "Tokens of guest attestation have the hardware's claims below x-ms-isolation-tee: "
                  + claim.claim()
                  + " with this value is not at the top of any, and no key is released. Write"
                  + " x-ms-isolation-tee."
                  + claim.claim()
                  + "."));
    }
    if (meant == TokenKind.PLATFORM && kind == TokenKind.GUEST) {
      found.add(
          new LintWarning(
              LintCode.GuestPathInPlatformPolicy,
              path,
              "Tokens about hardware evidence alone have its claims at the top, and know nothing of"
                  + " a guest: "
                  + claim.claim()
                  + " is in none of them, and no key is released. Write "
                  + KnownClaim.hardwareName(claim.claim())
                  + " if that is a claim of the hardware, else remove it."));
    }
  }

  private static TokenKind kindOfAll(List<Condition> conditions) {
    return conditions.stream()
        .map(PathRule::kindByType)
        .filter(kind -> kind != TokenKind.ANY)
        .findFirst()
        .orElseGet(
            () ->
                conditions.stream()
                    .map(PathRule::kind)
                    .filter(kind -> kind != TokenKind.ANY)
                    .findFirst()
                    .orElse(TokenKind.ANY));
  }

  private static TokenKind kind(Condition condition) {
    return switch (condition) {
      case ClaimCondition claim -> KnownClaim.kind(claim);
      case AllOf(List<Condition> conditions) -> kindOfAll(conditions);
      case AnyOf(List<Condition> conditions) ->
          shared(conditions.stream().map(PathRule::kind).toList());
    };
  }

  private static TokenKind kindByType(Condition condition) {
    return switch (condition) {
      case ClaimCondition claim ->
          KnownClaim.hardwareName(claim.claim()).equals(KnownClaim.ATTESTATION_TYPE)
              ? KnownClaim.kind(claim)
              : TokenKind.ANY;
      case AllOf(List<Condition> conditions) ->
          conditions.stream()
              .map(PathRule::kindByType)
              .filter(kind -> kind != TokenKind.ANY)
              .findFirst()
              .orElse(TokenKind.ANY);
      case AnyOf(List<Condition> conditions) ->
          shared(conditions.stream().map(PathRule::kindByType).toList());
    };
  }

  /** Alternatives say something only if all of them say the same. */
  private static TokenKind shared(List<TokenKind> kinds) {
    return kinds.stream().distinct().count() == 1 ? kinds.getFirst() : TokenKind.ANY;
  }
}
