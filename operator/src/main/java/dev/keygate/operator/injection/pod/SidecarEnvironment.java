package dev.keygate.operator.injection.pod;

import dev.keygate.contract.PodLayout;
import dev.keygate.contract.SettingNames;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.operator.config.InjectedLab;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sidecar's settings, pinned as environment variables. Both ports are written out although they
 * are the defaults: in an app's namespace a Service named {@code keygate-local-api} would otherwise
 * set one.
 */
final class SidecarEnvironment {

  private static final String NODE_ADDRESS = "NODE_ADDRESS";

  private final List<EnvVar> variables = new ArrayList<>();

  private SidecarEnvironment() {}

  static List<EnvVar> of(InjectionPlan plan, boolean hasFsGroup) {
    SidecarEnvironment environment = new SidecarEnvironment();
    environment.addKeys(plan);
    environment.addCallers(plan, hasFsGroup ? "group" : "everyone");
    environment.addIdentity(plan);
    environment.addPlaces();
    plan.settings().sidecar().collectorPort().ifPresent(environment::addCollector);
    plan.settings().lab().ifPresent(environment::addLab);
    return List.copyOf(environment.variables);
  }

  private void addKeys(InjectionPlan plan) {
    for (PinnedKey key : plan.keys()) {
      add(SettingNames.keyIdentifier(key.name()), key.identifier().toString());
    }
    add(
        SettingNames.AUTHORITIES,
        plan.authorities().stream()
            .map(AuthorityEndpoint::toString)
            .collect(Collectors.joining(",")));
  }

  private void addCallers(InjectionPlan plan, String readableBy) {
    for (ContainerKeys container : plan.containers()) {
      add(SettingNames.callerKeys(container.container()), String.join(",", container.keys()));
      add(SettingNames.callerDelivery(container.container()), plan.delivery().settingValue());
    }
    add(SettingNames.CALLERS_DIRECTORY, PodLayout.CONTAINERS);
    add(SettingNames.CALLERS_READABLE_BY, readableBy);
  }

  private void addIdentity(InjectionPlan plan) {
    add(SettingNames.TENANT_ID, plan.identity().tenantId());
    add(SettingNames.CLIENT_ID, plan.identity().clientId());
    add(SettingNames.FEDERATED_TOKEN_FILE, PodLayout.ENTRA + "/" + PodLayout.TOKEN_FILE);
    add(SettingNames.AUTHORITY_HOST, plan.settings().entra().authorityUrl());
  }

  private void addPlaces() {
    add(SettingNames.GRANTS_DIRECTORY, PodLayout.GRANTS);
    add(SettingNames.EVENT_LOG, PodLayout.BOOT_LOG + "/" + PodLayout.BOOT_LOG_FILE);
    add(SettingNames.LOCAL_API_PORT, String.valueOf(PodLayout.LOCAL_API_PORT));
    add(SettingNames.MANAGEMENT_PORT, String.valueOf(PodLayout.MANAGEMENT_PORT));
  }

  /**
   * The reference is resolved by the kubelet, which knows the node; it names what stands before.
   */
  private void addCollector(int port) {
    variables.add(
        new EnvVarBuilder()
            .withName(NODE_ADDRESS)
            .withNewValueFrom()
            .withNewFieldRef("v1", "status.hostIP")
            .endValueFrom()
            .build());
    add(SettingNames.TELEMETRY_ENDPOINT, "http://$(" + NODE_ADDRESS + "):" + port);
  }

  private void addLab(InjectedLab lab) {
    add(SettingNames.LAB_TRUST_ROOTS, lab.trustRoots());
    lab.proxy().ifPresent(proxy -> add(SettingNames.LAB_PROXY, proxy));
    lab.imds().ifPresent(imds -> add(SettingNames.LAB_IMDS, imds));
    lab.tpm().ifPresent(tpm -> add(SettingNames.LAB_TPM, tpm));
    lab.eventLog().ifPresent(log -> add(SettingNames.LAB_EVENT_LOG, log));
  }

  private void add(String name, String value) {
    variables.add(new EnvVar(name, value, null));
  }
}
