package dev.keygate.emulator;

import dev.keygate.emulator.description.PermissionDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.description.TenantDescription;
import dev.keygate.emulator.description.VaultDescription;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.net.Literal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a lab says when it is ready. */
final class LabGreeting {

  private LabGreeting() {}

  static void print(Lab lab, PrintWriter out) {
    out.println("The lab is ready.");
    out.println("  proxy        " + proxy(lab) + " (CONNECT to the hosts below, port 443)");
    out.println("  trust roots  " + lab.trustFolder());
    for (TenantDescription one : lab.description().allTenants()) {
      out.println("  login        " + LabEndpoints.loginUrl(one) + ", tenant " + one.id());
    }
    lab.authorities().forEach(url -> out.println("  authority    " + url));
    lab.description()
        .vaults()
        .forEach(v -> out.println("  vault        " + lab.vaultUrl(v.name())));
    for (LabMachine machine : lab.machines()) {
      out.println("  machine      " + machine.name());
      out.println("    folder     " + machine.folder());
      out.println("    TPM        " + machine.tpmSocket());
      out.println("    event log  " + machine.eventLog());
      out.println("    IMDS       " + machine.imdsUrl());
    }
    for (PrincipalDescription one : lab.description().principals()) {
      out.println("  principal    " + one.name() + ", client id " + one.clientId());
    }
    out.println("  admin        " + lab.adminUrl());
    out.println("An hour's access token of any principal: POST " + lab.adminUrl() + "/tokens/NAME");
    out.println("Try:");
    commands(lab).forEach(command -> out.println("  " + command));
    out.println("Ctrl-C ends it; keys and vaults are there again next time.");
    out.flush();
  }

  /** Shell commands that work as they stand. */
  static List<String> commands(Lab lab) {
    List<String> commands = new ArrayList<>();
    if (!lab.machines().isEmpty()) {
      commands.add(
          "curl -sH Metadata:true "
              + lab.machines().getFirst().imdsUrl()
              + "/metadata/THIM/amd/certification");
    }
    if (!lab.description().vaults().isEmpty()) {
      commands.add(createKey(lab, lab.description().vaults().getFirst()));
    }
    commands.add("curl -s " + lab.adminUrl() + "/decisions");
    return List.copyOf(commands);
  }

  private static String createKey(Lab lab, VaultDescription vault) {
    String principal =
        vault.permissions().stream()
            .filter(permission -> permission.keys().contains("create"))
            .map(PermissionDescription::principal)
            .findFirst()
            .orElseGet(() -> somebody(lab, vault));
    return "curl -s --proxy "
        + proxy(lab)
        + " --cacert "
        + lab.trustFolder().resolve("tls-root.pem")
        + " -H \"Authorization: Bearer $(curl -sX POST '"
        + lab.adminUrl()
        + "/tokens/"
        + principal
        + "?resource="
        + Audience.of(LabVaults.site(vault).host()).resource()
        + "')\" --json '{\"kty\":\"RSA-HSM\",\"key_size\":2048}' '"
        + lab.vaultUrl(vault.name())
        + "/keys/first/create?api-version=7.4'";
  }

  private static String somebody(Lab lab, VaultDescription vault) {
    return lab.description().principals().stream()
        .filter(one -> one.tenant().equals(vault.settings().tenant()))
        .map(PrincipalDescription::name)
        .findFirst()
        .orElse("NAME");
  }

  private static String proxy(Lab lab) {
    return "http://" + Literal.of(lab.proxyAddress());
  }
}
