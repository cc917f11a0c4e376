package dev.keygate.policy.profile;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.Authority;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.ScalarValue;
import java.util.ArrayList;
import java.util.List;

/** Writes out templates as policies. The same template gives the same policy, every time. */
public final class ProfileExpansion {

  /** Guest attestation puts the hardware's claims below this one; platform attestation does not. */
  private static final String ISOLATION_TEE = "x-ms-isolation-tee.";

  private ProfileExpansion() {}

  /** One branch per authority, all with the same conditions. */
  public static ReleasePolicyDocument expand(AksConfidentialVm profile) {
    List<Condition> conditions = conditions(profile);
    return new ReleasePolicyDocument(
        profile.authorities().stream()
            .map(
                endpoint ->
                    new AuthorityBranch(
                        new Authority(endpoint.toString()), Junction.ALL_OF, conditions))
            .toList());
  }

  private static List<Condition> conditions(AksConfidentialVm profile) {
    List<Tee> tees = profile.tees().stream().sorted().toList();
    List<Condition> conditions = new ArrayList<>();
    if (tees.size() == 1) {
      conditions.addAll(identity(tees.getFirst()));
    } else {
      conditions.add(
          new AnyOf(tees.stream().map(tee -> (Condition) new AllOf(identity(tee))).toList()));
    }
    conditions.add(
        ClaimCondition.equalTo(ISOLATION_TEE + "x-ms-compliance-status", "azure-compliant-cvm"));
    if (profile.secureBoot() == SecureBoot.REQUIRED) {
      conditions.add(ClaimCondition.equalTo("secureboot", new ScalarValue.Truth(true)));
    }
    conditions.addAll(profile.extraClaims());
    return conditions;
  }

  /** Azure's authorities issue tokens to guests that the host may debug: the policy has to ask. */
  private static List<Condition> identity(Tee tee) {
    return List.of(
        ClaimCondition.equalTo(ISOLATION_TEE + "x-ms-attestation-type", tee.attestationType()),
        ClaimCondition.equalTo(ISOLATION_TEE + tee.debugClaim(), new ScalarValue.Truth(false)));
  }
}
