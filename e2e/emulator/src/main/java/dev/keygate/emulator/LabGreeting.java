package dev.keygate.emulator;

import dev.keygate.emulator.net.Literal;
import java.io.PrintWriter;

/** What a lab says when it is ready. */
final class LabGreeting {

  private LabGreeting() {}

  static void print(Lab lab, PrintWriter out) {
    String proxy = "http://" + Literal.of(lab.proxyAddress());
    String curl =
        "curl --proxy " + proxy + " --cacert " + lab.trustFolder().resolve("tls-root.pem") + " ";
    out.println("The lab is ready.");
    out.println("  proxy        " + proxy + " (CONNECT to the hosts below, port 443)");
    lab.authorities().forEach(url -> out.println("  authority    " + url));
    lab.description()
        .vaults()
        .forEach(v -> out.println("  vault        " + lab.vaultUrl(v.name())));
    out.println("  tenant       " + lab.description().tenant());
    for (LabMachine machine : lab.machines()) {
      out.println("  machine      " + machine.name());
      out.println("    folder     " + machine.folder());
      out.println("    TPM        " + machine.tpmSocket());
      out.println("    event log  " + machine.eventLog());
      out.println("    IMDS       " + machine.imdsUrl());
    }
    out.println("  trust roots  " + lab.trustFolder());
    out.println("  admin        " + lab.adminUrl());
    out.println("Try:");
    if (!lab.authorities().isEmpty()) {
      out.println("  " + curl + lab.authorities().getFirst() + "/certs");
    }
    if (!lab.machines().isEmpty()) {
      out.println(
          "  curl -H Metadata:true "
              + lab.machines().getFirst().imdsUrl()
              + "/metadata/THIM/amd/certification");
    }
    out.println("  curl " + lab.adminUrl() + "/decisions");
    out.println("Ctrl-C ends it.");
    out.flush();
  }
}
