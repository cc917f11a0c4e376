package dev.keygate.sidecar;

import dev.keygate.failure.FailureException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What the arguments mean, and what {@code --help} says of them. */
@Command(
    name = "keygate-sidecar",
    description =
        "Attests this machine, has keys released and serves them to the pod's containers over the"
            + " loopback address, as its settings say. With a command, does that and ends.",
    subcommands = ReleaseCommand.class,
    mixinStandardHelpOptions = true,
    version = "keygate-sidecar 0.1.0",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of the sidecar",
      "2:settings or arguments are wrong",
      "3:no TPM, or no confidential VM",
      "4:refused: somebody has to change something",
      "5:a service did not answer; the same may succeed later"
    })
final class SidecarCommand implements Callable<Integer> {

  @Override
  public Integer call() throws FailureException, InterruptedException {
    return Sidecar.serve();
  }
}
