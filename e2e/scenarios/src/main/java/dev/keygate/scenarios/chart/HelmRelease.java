package dev.keygate.scenarios.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A release of a chart in a cluster.
 *
 * @param kubeconfig who acts, and on which cluster
 * @param readyWithin how long to wait for the objects to be ready; not at all if empty
 */
public record HelmRelease(
    String name, String namespace, Path kubeconfig, Optional<Duration> readyWithin) {

  /** One that does not wait. */
  public static HelmRelease of(String name, String namespace, Path kubeconfig) {
    return new HelmRelease(name, namespace, kubeconfig, Optional.empty());
  }

  /**
   * Installs the chart; makes the namespace if it is not there.
   *
   * @param chart its folder
   * @param values files, of which a later one counts before an earlier one
   * @return such as {@code deployed, revision 1}
   */
  public String install(Path chart, List<Path> values) throws HelmException {
    InstallCommand command =
        new Helm(chart)
            .install()
            .withName(name)
            .withNamespace(namespace)
            .createNamespace()
            .withKubeConfig(kubeconfig);
    values.forEach(command::withValuesFile);
    readyWithin.ifPresent(limit -> command.waitReady().withTimeout(seconds(limit)));
    return told(call(command));
  }

  /**
   * Brings what is installed to the state of this chart with these values alone: values of earlier
   * revisions do not count.
   */
  public String upgrade(Path chart, List<Path> values) throws HelmException {
    UpgradeCommand command =
        new Helm(chart)
            .upgrade()
            .withName(name)
            .withNamespace(namespace)
            .resetValues()
            .withKubeConfig(kubeconfig);
    values.forEach(command::withValuesFile);
    readyWithin.ifPresent(limit -> command.waitReady().withTimeout(seconds(limit)));
    return told(call(command));
  }

  /** Takes away what the chart has brought, but for what it says is to be kept. */
  public String uninstall() throws HelmException {
    UninstallCommand command =
        Helm.uninstall(name).withNamespace(namespace).withKubeConfig(kubeconfig);
    return call(command).strip();
  }

  private static String told(Release release) {
    return release.getStatus() + ", revision " + release.getRevision();
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }

  /** The library tells every failure by one unchecked exception. */
  private static <T> T call(Callable<T> command) throws HelmException {
    try {
      return command.call();
    } catch (Exception e) {
      throw new HelmException(Objects.requireNonNullElse(e.getMessage(), e.toString()).strip(), e);
    }
  }
}
