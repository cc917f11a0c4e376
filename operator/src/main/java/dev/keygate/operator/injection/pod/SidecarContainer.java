package dev.keygate.operator.injection.pod;

import dev.keygate.contract.PodLayout;
import dev.keygate.operator.config.SidecarTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/**
 * The sidecar as a container. Command and arguments are the image's, so that an admission policy
 * can say that the container has none. Every field of the probes that the API server would fill in
 * is written out, so that a container that comes back equals what was asked for.
 */
final class SidecarContainer {

  private static final long USER = 65532;

  /** The kernel's boot event log is readable by root's group and by nobody else. */
  private static final long GROUP = 0;

  /** A throttling vault is no reason to start again: that would only ask it once more. */
  private static final int NEVER_GIVES_UP = Integer.MAX_VALUE;

  private static final ProbePace STARTUP = new ProbePace(1, 1, NEVER_GIVES_UP);
  private static final ProbePace LIVENESS = new ProbePace(10, 5, 3);
  private static final ProbePace READINESS = new ProbePace(5, 3, 3);

  private record ProbePace(int periodSeconds, int timeoutSeconds, int failureThreshold) {}

  private SidecarContainer() {}

  static Container of(InjectionPlan plan, boolean hasFsGroup) {
    SidecarTemplate template = plan.settings().sidecar();
    return new ContainerBuilder()
        .withName(PodLayout.SIDECAR)
        .withImage(template.image())
        .withImagePullPolicy(template.pullPolicy().name())
        .withRestartPolicy("Always")
        .withEnv(SidecarEnvironment.of(plan, hasFsGroup))
        .withResources(resources(template, plan.settings().device().resource()))
        .withSecurityContext(securityContext())
        .withStartupProbe(probe("/health/started", STARTUP))
        .withLivenessProbe(probe("/health/live", LIVENESS))
        .withReadinessProbe(probe("/health/ready", READINESS))
        .withVolumeMounts(mounts())
        .build();
  }

  private static ResourceRequirements resources(SidecarTemplate template, String device) {
    return new ResourceRequirementsBuilder()
        .addToLimits("memory", new Quantity(template.memoryLimit()))
        .addToLimits(device, new Quantity("1"))
        .addToRequests("cpu", new Quantity(template.cpuRequest()))
        .addToRequests("memory", new Quantity(template.memoryRequest()))
        .build();
  }

  private static SecurityContext securityContext() {
    return new SecurityContextBuilder()
        .withRunAsUser(USER)
        .withRunAsGroup(GROUP)
        .withRunAsNonRoot(true)
        .withReadOnlyRootFilesystem(true)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private static Probe probe(String path, ProbePace pace) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(PodLayout.MANAGEMENT_PORT))
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(pace.periodSeconds())
        .withTimeoutSeconds(pace.timeoutSeconds())
        .withFailureThreshold(pace.failureThreshold())
        .withSuccessThreshold(1)
        .build();
  }

  /** The volume of callers is the only one that the sidecar writes to. */
  private static List<VolumeMount> mounts() {
    return List.of(
        readOnly(PodLayout.GRANTS_VOLUME, PodLayout.GRANTS),
        readOnly(PodLayout.ENTRA_VOLUME, PodLayout.ENTRA),
        readOnly(PodLayout.NO_ACCOUNT_VOLUME, PodLayout.ACCOUNT),
        new VolumeMountBuilder()
            .withName(PodLayout.CONTAINERS_VOLUME)
            .withMountPath(PodLayout.CONTAINERS)
            .build());
  }

  private static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }
}
