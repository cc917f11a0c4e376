package dev.keygate.policy.profile;

import dev.keygate.endpoint.AuthorityEndpoint;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Azure's regions and the shared attestation provider of each, {@code
 * shared<code>.<code>.attest.azure.net}. Nobody owns a shared provider, and nobody can change its
 * attestation policy.
 */
public final class AttestationRegion {

  /**
   * Region and code, from {@code attestation_uri_table.json} of Azure/cvm-attestation-tools at
   * commit fde56a9f. Providers of other clouds are named by their URL: nothing says which region a
   * code of theirs stands for.
   */
  private static final String TABLE =
      """
      australiacentral cau
      australiacentral2 cau2
      australiaeast eau
      australiasoutheast sau
      austriaeast ate
      brazilsouth sbr
      brazilsoutheast sebr
      canadacentral cac
      canadaeast cae
      centralindia cin
      centralus cus
      centraluseuap cuse
      chilecentral clc
      eastasia easia
      eastus eus
      eastus2 eus2
      eastus2euap eus2e
      francecentral frc
      francesouth frs
      germanynorth den
      germanywestcentral dewc
      israelcentral ilc
      italynorth itn
      japaneast jpe
      japanwest jpw
      jioindiacentral jinc
      jioindiawest jinw
      koreacentral krc
      koreasouth krs
      malaysiasouth mys
      mexicocentral mxc
      newzealandnorth nzn
      northcentralus ncus
      northeurope neu
      norwayeast noe
      norwaywest now
      polandcentral plc
      southafricanorth san
      southafricawest saw
      southcentralus scus
      southindia sin
      southeastasia sasia
      spaincentral esc
      swedencentral sec
      swedensouth ses
      switzerlandnorth swn
      switzerlandwest sww
      taiwannorth twn
      taiwannorthwest twnw
      uaecentral uaec
      uaenorth uaen
      uksouth uks
      ukwest ukw
      westcentralus wcus
      westeurope weu
      westindia win
      westus wus
      westus2 wus2
      westus3 wus3
      """;

  private static final Map<String, String> CODES = codes();

  private AttestationRegion() {}

  /**
   * The shared provider of a region of the public cloud; empty for a region that is not in the
   * table, whose provider has to be named by its URL.
   *
   * @param region Azure's name in lower case, such as {@code westeurope}
   */
  public static Optional<AuthorityEndpoint> sharedProvider(String region) {
    return Optional.ofNullable(CODES.get(region))
        .map(code -> new AuthorityEndpoint("shared" + code + "." + code + ".attest.azure.net"));
  }

  /** Every region of the table, in the order of their names. */
  public static Set<String> names() {
    return CODES.keySet();
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new TreeMap<>();
    TABLE
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(columns -> codes.put(columns[0], columns[1]));
    return Collections.unmodifiableMap(codes);
  }
}
