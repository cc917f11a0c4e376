package dev.keygate.api.compile;

import dev.keygate.api.v1alpha1.ExtraClaim;
import dev.keygate.api.v1alpha1.Profile;
import dev.keygate.api.v1alpha1.ProfileEnclave;
import dev.keygate.api.v1alpha1.ProfileName;
import dev.keygate.api.v1alpha1.ProfileSecureBoot;
import dev.keygate.api.v1alpha1.ProfileTee;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ClaimName;
import dev.keygate.policy.PolicyLimits;
import dev.keygate.policy.profile.EnclaveIdentity;
import dev.keygate.policy.profile.Provider;
import dev.keygate.policy.profile.SecureBoot;
import dev.keygate.policy.profile.Sha256Digest;
import dev.keygate.policy.profile.Tee;
import dev.keygate.policy.profile.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest's profile as a template. What the schema says is checked again: a spec may have
 * been stored under an older schema, and a field without meaning must not look as if it had one.
 */
final class ProfileReading {

  private static final String PROFILE = "spec.profile";

  private ProfileReading() {}

  static Template read(Profile profile) throws RefusedException {
    Malformed.requireNone(PROFILE, profile.unknown().keySet());
    requireOnlyFieldsOf(profile);
    List<Provider> providers = ProviderReading.read(profile.authorities());
    List<ClaimCondition> extraClaims = extraClaims(profile.extraClaims());
    return switch (profile.name()) {
      case AksConfidentialVm ->
          new Template.AksConfidentialVm(
              tees(profile), secureBoot(profile.secureBoot()), providers, extraClaims);
      case ConfidentialVmPlatform ->
          new Template.ConfidentialVmPlatform(
              tees(profile), secureBoot(profile.secureBoot()), providers, extraClaims);
      case ConfidentialContainerGroup ->
          new Template.ConfidentialContainerGroup(
              hostData(profile.hostData()), providers, extraClaims);
      case SgxEnclave ->
          new Template.SgxEnclave(enclaves(profile.enclaves()), providers, extraClaims);
    };
  }

  private static void requireOnlyFieldsOf(Profile profile) throws RefusedException {
    ProfileName name = profile.name();
    boolean isVirtualMachine =
        switch (name) {
          case AksConfidentialVm, ConfidentialVmPlatform -> true;
          case ConfidentialContainerGroup, SgxEnclave -> false;
        };
    boolean isBareGroup =
        name == ProfileName.ConfidentialContainerGroup
            && profile.tees().stream().allMatch(tee -> tee == ProfileTee.SevSnp);
    requireAbsent("tees", name, isVirtualMachine || isBareGroup ? List.of() : profile.tees());
    requireAbsent(
        "secureBoot",
        name,
        isVirtualMachine || profile.secureBoot() == null ? List.of() : List.of("set"));
    requireAbsent(
        "hostData",
        name,
        name == ProfileName.ConfidentialContainerGroup ? List.of() : profile.hostData());
    requireAbsent(
        "enclaves", name, name == ProfileName.SgxEnclave ? List.of() : profile.enclaves());
  }

  private static void requireAbsent(String field, ProfileName name, List<?> values)
      throws RefusedException {
    if (!values.isEmpty()) {
      throw Malformed.at(PROFILE + "." + field, "nothing that " + name + " does not take");
    }
  }

  private static <T> List<T> some(String field, List<T> values) throws RefusedException {
    if (values.isEmpty()) {
      throw Malformed.at(PROFILE + "." + field, "at least one", "none");
    }
    return values;
  }

  private static Set<Tee> tees(Profile profile) throws RefusedException {
    return some("tees", profile.tees()).stream()
        .map(
            tee ->
                switch (tee) {
                  case SevSnp -> Tee.SEV_SNP;
                  case Tdx -> Tee.TDX;
                })
        .collect(Collectors.toSet());
  }

  private static SecureBoot secureBoot(@Nullable ProfileSecureBoot secureBoot) {
    return switch (secureBoot) {
      case NotRequired -> SecureBoot.NOT_REQUIRED;
      case Required -> SecureBoot.REQUIRED;
      case null -> SecureBoot.REQUIRED;
    };
  }

  private static List<Sha256Digest> hostData(List<String> written) throws RefusedException {
    List<Sha256Digest> digests = new ArrayList<>();
    for (String hex : some("hostData", written)) {
      digests.add(digest(PROFILE + ".hostData[" + digests.size() + "]", hex));
    }
    return digests;
  }

  private static List<EnclaveIdentity> enclaves(List<ProfileEnclave> written)
      throws RefusedException {
    List<EnclaveIdentity> enclaves = new ArrayList<>();
    for (ProfileEnclave enclave : some("enclaves", written)) {
      enclaves.add(enclave(PROFILE + ".enclaves[" + enclaves.size() + "]", enclave));
    }
    return enclaves;
  }

  private static EnclaveIdentity enclave(String path, ProfileEnclave enclave)
      throws RefusedException {
    String mrSigner = enclave.mrSigner();
    String mrEnclave = enclave.mrEnclave();
    Integer productId = enclave.productId();
    if (mrSigner != null && productId != null && mrEnclave == null) {
      if (productId < 0 || productId > EnclaveIdentity.Signed.MAX_PRODUCT_ID) {
        throw Malformed.at(path + ".productId", "a number of 16 bits", productId.toString());
      }
      return new EnclaveIdentity.Signed(digest(path + ".mrSigner", mrSigner), productId);
    }
    if (mrEnclave != null && mrSigner == null && productId == null) {
      return new EnclaveIdentity.Measured(digest(path + ".mrEnclave", mrEnclave));
    }
    throw Malformed.at(path, "either mrSigner with productId, or mrEnclave");
  }

  private static Sha256Digest digest(String path, String hex) throws RefusedException {
    if (!Sha256Digest.isSha256(hex)) {
      throw Malformed.at(
          path, "64 lower-case hexadecimal digits", "'" + Malformed.shortened(hex) + "'");
    }
    return new Sha256Digest(hex);
  }

  private static List<ClaimCondition> extraClaims(List<ExtraClaim> written)
      throws RefusedException {
    List<ClaimCondition> claims = new ArrayList<>();
    for (ExtraClaim extra : written) {
      if (!ClaimName.isClaimName(extra.claim())
          || extra.equalTo().length() > PolicyLimits.MAX_TEXT_LENGTH) {
        throw Malformed.at(
            PROFILE + ".extraClaims[" + claims.size() + "]",
            "a claim's name without empty segments and a value of at most "
                + PolicyLimits.MAX_TEXT_LENGTH
                + " characters");
      }
      claims.add(ClaimCondition.equalTo(extra.claim(), extra.equalTo()));
    }
    return claims;
  }
}
