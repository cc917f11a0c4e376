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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes out templates as policies. The same template gives the same policy, every time. */
public final class ProfileExpansion {

  /** Guest attestation puts the hardware's claims below this one; platform attestation does not. */
  private static final String ISOLATION_TEE = "x-ms-isolation-tee.";

  private static final String TOP_LEVEL = "";

  private static final ScalarValue TRUE = new ScalarValue.Truth(true);
  private static final ScalarValue FALSE = new ScalarValue.Truth(false);

  private ProfileExpansion() {}

  /** One branch per provider, all with the template's conditions. */
  public static ReleasePolicyDocument expand(Template template) {
    List<Condition> conditions = conditions(template);
    return new ReleasePolicyDocument(
        template.providers().stream()
            .map(provider -> branch(provider, conditions, template.extraClaims()))
            .toList());
  }

  private static AuthorityBranch branch(
      Provider provider, List<Condition> conditions, List<ClaimCondition> extraClaims) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(provider.claims());
    all.addAll(extraClaims);
    return new AuthorityBranch(new Authority(provider.endpoint().toString()), Junction.ALL_OF, all);
  }

  private static List<Condition> conditions(Template template) {
    return switch (template) {
      case Template.AksConfidentialVm nodes ->
          virtualMachine(ISOLATION_TEE, nodes.tees(), secureBoot("secureboot", nodes.secureBoot()));
      case Template.ConfidentialVmPlatform platform ->
          virtualMachine(
              TOP_LEVEL,
              platform.tees(),
              secureBoot("x-ms-runtime.vm-configuration.secure-boot", platform.secureBoot()));
      case Template.ConfidentialContainerGroup group -> containerGroup(group.hostData());
      case Template.SgxEnclave sgx -> enclave(sgx.enclaves());
    };
  }

  private static List<Condition> virtualMachine(
      String prefix, Set<Tee> tees, List<Condition> secureBoot) {
    List<Condition> conditions =
        new ArrayList<>(oneOf(tees.stream().sorted().map(tee -> identity(prefix, tee)).toList()));
    conditions.add(
        ClaimCondition.equalTo(prefix + "x-ms-compliance-status", "azure-compliant-cvm"));
    conditions.addAll(secureBoot);
    return conditions;
  }

  /** Azure's authorities issue tokens to guests that the host may debug: the policy has to ask. */
  private static List<Condition> identity(String prefix, Tee tee) {
    return List.of(
        ClaimCondition.equalTo(prefix + "x-ms-attestation-type", tee.attestationType()),
        ClaimCondition.equalTo(prefix + tee.debugClaim(), FALSE));
  }

  private static List<Condition> secureBoot(String claim, SecureBoot secureBoot) {
    return switch (secureBoot) {
      case REQUIRED -> List.of(ClaimCondition.equalTo(claim, TRUE));
      case NOT_REQUIRED -> List.of();
    };
  }

  /** At VMPL 0 runs the utility VM itself; only its report speaks for the whole group. */
  private static List<Condition> containerGroup(List<Sha256Digest> hostData) {
    List<Condition> conditions = new ArrayList<>(identity(TOP_LEVEL, Tee.SEV_SNP));
    conditions.add(ClaimCondition.equalTo("x-ms-compliance-status", "azure-compliant-uvm"));
    conditions.add(ClaimCondition.equalTo("x-ms-sevsnpvm-vmpl", number(0)));
    conditions.addAll(
        oneOf(
            hostData.stream()
                .map(digest -> List.<Condition>of(equalTo("x-ms-sevsnpvm-hostdata", digest)))
                .toList()));
    return conditions;
  }

  private static List<Condition> enclave(List<EnclaveIdentity> enclaves) {
    List<Condition> conditions =
        new ArrayList<>(
            List.of(
                ClaimCondition.equalTo("x-ms-attestation-type", "sgx"),
                ClaimCondition.equalTo("x-ms-sgx-is-debuggable", FALSE)));
    conditions.addAll(oneOf(enclaves.stream().map(ProfileExpansion::identity).toList()));
    return conditions;
  }

  private static List<Condition> identity(EnclaveIdentity enclave) {
    return switch (enclave) {
      case EnclaveIdentity.Signed signed ->
          List.of(
              equalTo("x-ms-sgx-mrsigner", signed.mrSigner()),
              ClaimCondition.equalTo("x-ms-sgx-product-id", number(signed.productId())));
      case EnclaveIdentity.Measured measured ->
          List.of(equalTo("x-ms-sgx-mrenclave", measured.mrEnclave()));
    };
  }

  /** Alternatives, each a list of what has to be true together; one alone needs no anyOf. */
  private static List<Condition> oneOf(List<List<Condition>> alternatives) {
    return alternatives.size() == 1
        ? alternatives.getFirst()
        : List.of(new AnyOf(alternatives.stream().map(ProfileExpansion::together).toList()));
  }

  private static Condition together(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new AllOf(conditions);
  }

  private static ClaimCondition equalTo(String claim, Sha256Digest digest) {
    return ClaimCondition.equalTo(claim, digest.hex());
  }

  private static ScalarValue number(int value) {
    return new ScalarValue.Numeric(BigDecimal.valueOf(value));
  }
}
