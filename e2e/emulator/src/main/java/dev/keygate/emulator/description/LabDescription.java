package dev.keygate.emulator.description;

import dev.keygate.emulator.entra.Cloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A lab: one tenant, its principals, vaults, attestation providers and machines.
 *
 * @param tenant the tenant's GUID
 * @param location the Azure region that vaults and machines say they are in
 * @param authorities hosts of attestation providers, such as {@code sharedweu.weu.attest.azure.net}
 * @param principals who can get tokens
 * @param vaults Key Vaults and Managed HSMs
 * @param machines confidential virtual machines
 */
public record LabDescription(
    UUID tenant,
    String location,
    List<String> authorities,
    List<PrincipalDescription> principals,
    List<VaultDescription> vaults,
    List<MachineEntry> machines) {

  /**
   * @throws IllegalArgumentException naming the member, if names repeat or do not exist
   */
  public LabDescription {
    authorities = List.copyOf(authorities);
    principals = List.copyOf(principals);
    vaults = List.copyOf(vaults);
    machines = List.copyOf(machines);
    if (!location.matches("[a-z0-9]{2,40}")) {
      throw new IllegalArgumentException("location: an Azure region, such as westeurope");
    }
    String suffix = Cloud.ofLocation(location).attestationSuffix();
    for (String authority : authorities) {
      if (!authority.matches("[a-z0-9-]{1,60}(\\.[a-z0-9]{1,10})?\\." + Pattern.quote(suffix))) {
        throw new IllegalArgumentException(
            "authorities: a host under " + suffix + ", not '" + authority + "'");
      }
    }
    requireDistinct("authorities", authorities, Function.identity());
    requireDistinct("principals", principals, PrincipalDescription::name);
    requireDistinct("vaults", vaults, VaultDescription::name);
    requireDistinct("machines", machines, MachineEntry::name);
    Set<String> names = new HashSet<>();
    principals.forEach(principal -> names.add(principal.name()));
    for (VaultDescription vault : vaults) {
      vault.permissions().forEach(one -> requireKnown("vaults", one.principal(), names));
    }
    for (MachineEntry machine : machines) {
      machine.identities().forEach(one -> requireKnown("machines", one, names));
    }
  }

  /** The lab that the demo and the examples use. */
  public static LabDescription standard() {
    try (InputStream in = LabDescription.class.getResourceAsStream("standard-lab.yaml")) {
      if (in == null) {
        throw new IllegalStateException("standard-lab.yaml is not in the class path");
      }
      return LabDescriptionReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | LabDescriptionException e) {
      throw new IllegalStateException("the standard lab's description is damaged", e);
    }
  }

  private static <T> void requireDistinct(
      String member, List<T> elements, Function<T, String> name) {
    Set<String> seen = new HashSet<>();
    for (T element : elements) {
      if (!seen.add(name.apply(element))) {
        throw new IllegalArgumentException(member + ": '" + name.apply(element) + "' twice");
      }
    }
  }

  private static void requireKnown(String member, String principal, Set<String> names) {
    if (!names.contains(principal)) {
      throw new IllegalArgumentException(member + ": there is no principal '" + principal + "'");
    }
  }
}
