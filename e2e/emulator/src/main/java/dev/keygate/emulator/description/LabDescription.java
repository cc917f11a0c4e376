package dev.keygate.emulator.description;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A lab: its tenants, their principals and vaults, attestation providers and machines.
 *
 * @param tenant the GUID of the lab's own tenant
 * @param location the Azure region where that tenant's vaults and machines are
 * @param tenants further tenants, each in the cloud of its own location
 * @param authorities hosts of attestation providers, such as {@code sharedweu.weu.attest.azure.net}
 * @param principals who can get tokens
 * @param vaults Key Vaults and Managed HSMs
 * @param machines confidential virtual machines
 */
public record LabDescription(
    UUID tenant,
    String location,
    List<TenantDescription> tenants,
    List<String> authorities,
    List<PrincipalDescription> principals,
    List<VaultDescription> vaults,
    List<MachineEntry> machines) {

  /**
   * @throws IllegalArgumentException naming the member, if names repeat, do not exist, or belong to
   *     different tenants or clouds
   */
  public LabDescription {
    tenants = List.copyOf(tenants);
    authorities = List.copyOf(authorities);
    principals = List.copyOf(principals);
    vaults = List.copyOf(vaults);
    machines = List.copyOf(machines);
    List<TenantDescription> all = allTenants(tenant, location, tenants);
    Names.requireDistinct("tenants", all, TenantDescription::id);
    Names.requireDistinct("authorities", authorities, host -> host);
    Names.requireDistinct("principals", principals, PrincipalDescription::name);
    Names.requireDistinct("principals", principals, PrincipalDescription::clientId);
    Names.requireDistinct("vaults", vaults, VaultDescription::name);
    Names.requireDistinct("machines", machines, MachineEntry::name);
    Belonging belonging = new Belonging(all, principals);
    authorities.forEach(belonging::requireCloudOf);
    principals.forEach(belonging::require);
    vaults.forEach(belonging::require);
    machines.forEach(belonging::require);
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

  /** The lab's own tenant and the further ones. */
  public List<TenantDescription> allTenants() {
    return allTenants(tenant, location, tenants);
  }

  private static List<TenantDescription> allTenants(
      UUID tenant, String location, List<TenantDescription> further) {
    List<TenantDescription> all = new ArrayList<>();
    all.add(new TenantDescription(tenant, location));
    all.addAll(further);
    return List.copyOf(all);
  }
}
