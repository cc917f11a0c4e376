package dev.keygate.sidecar;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.config.IdentityKind;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.config.SettingsReader;
import dev.keygate.sidecar.config.SidecarSettings;
import dev.keygate.sidecar.config.TelemetrySettings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.trace.StepSpans;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole flow once, on a plain confidential VM: no Kubernetes, no server. */
@Command(
    name = "release",
    description =
        "Attests this machine and has one key released, with every verification that the server"
            + " makes. Runs on a confidential VM, as root or as a member of the group that may open"
            + " /dev/tpmrm0.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the key was released",
      "1:a defect of the sidecar",
      "2:settings or arguments are wrong",
      "3:no TPM, or no confidential VM",
      "4:refused: somebody has to change something",
      "5:a service did not answer; the same may succeed later"
    },
    footer = {
      "%nExample:",
      "  keygate-sidecar release --once --identity managed \\",
      "    --key https://contoso.vault.azure.net/keys/orders \\",
      "    --authority https://sharedweu.weu.attest.azure.net --out /dev/shm/orders.jwk"
    })
final class ReleaseCommand implements Callable<Integer> {

  private static final String NAME = "key";

  /** How the key is written. */
  enum Format {
    JWK(KeyEncoding.JWK),
    PEM(KeyEncoding.PKCS8_PEM),
    RAW(KeyEncoding.RAW);

    private final KeyEncoding encoding;

    Format(KeyEncoding encoding) {
      this.encoding = encoding;
    }

    KeyEncoding encoding() {
      return encoding;
    }
  }

  @Option(names = "--once", description = "Release once and end; there is no other way yet.")
  private boolean isOnce;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "URL",
      description = "The key: https://<vault>/keys/<name>[/<version>].")
  private String key = "";

  @Option(
      names = "--authority",
      paramLabel = "URL",
      description =
          "An attestation authority that may be asked; repeatable, asked in this order. Default:"
              + " those of the policy, else keygate.authorities.")
  private List<String> authorities = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The key's release policy, to be evaluated here first: a denial is then explained.")
  private @Nullable Path policy;

  @Option(
      names = "--identity",
      defaultValue = "managed",
      paramLabel = "KIND",
      description =
          "managed (the machine's; AZURE_CLIENT_ID chooses among several) or workload. Default:"
              + " ${DEFAULT-VALUE}.")
  private IdentityKind identity = IdentityKind.MANAGED;

  @Option(
      names = "--format",
      defaultValue = "jwk",
      description = "jwk, pem (PKCS #8) or raw. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.JWK;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the key is written, readable by the owner alone; - for standard output. Without"
              + " it the key is released, verified and thrown away.")
  private @Nullable String out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws FailureException, InterruptedException {
    if (!isOnce) {
      throw settings("The option --once is needed: there is no other way yet.");
    }
    SidecarSettings written = SettingsReader.read();
    Optional<ReleasePolicyDocument> document = readPolicy();
    PlatformSettings platform = platform(PlatformSettings.from(written), document);
    KeyTarget target = new KeyTarget(NAME, identifier(), document);
    IdentitySettings caller = IdentitySettings.of(identity, written.identity());
    TelemetrySettings telemetry = TelemetrySettings.from(written.telemetry());
    Assembly assembly = Assembly.of(platform).detected();
    try (MemoryLease lease = new MemoryLease();
        StepSpans spans = Telemetry.open(telemetry);
        ReleaseFlow flow = assembly.tracing(spans).flow(caller, lease)) {
      return conclude(flow.release(List.of(target)).getFirst(), lease);
    }
  }

  private Integer conclude(ReleaseOutcome outcome, MemoryLease lease) throws FailureException {
    switch (outcome) {
      case ReleaseOutcome.Released released -> {
        ReleasedOutput.to(Optional.ofNullable(out)).write(lease, NAME, format.encoding());
        spec.commandLine().getErr().println("Released " + released.key());
        spec.commandLine().getErr().flush();
        return ExitCode.OK.status();
      }
      case ReleaseOutcome.Refused refused ->
          throw new RefusedException(refused.reason(), refused.message());
      case ReleaseOutcome.Unavailable unavailable ->
          throw new UnavailableException(unavailable.reason(), unavailable.message());
    }
  }

  private KeyIdentifier identifier() throws RefusedException {
    try {
      return KeyIdentifier.parse(key);
    } catch (EndpointFormatException malformed) {
      throw settings("The option --key is no key identifier: " + malformed.getMessage() + ".");
    }
  }

  private PlatformSettings platform(
      PlatformSettings settings, Optional<ReleasePolicyDocument> document) throws RefusedException {
    List<String> named = new ArrayList<>(authorities);
    if (named.isEmpty() && document.isPresent()) {
      document.get().anyOf().stream()
          .map(branch -> branch.authority().name())
          .distinct()
          .forEach(named::add);
    }
    List<AuthorityEndpoint> endpoints = new ArrayList<>();
    for (String url : named) {
      endpoints.add(authority(url));
    }
    if (endpoints.isEmpty() && settings.authorities().isEmpty()) {
      throw settings(
          "The option --authority is missing: say which attestation authority may be asked.");
    }
    return endpoints.isEmpty() ? settings : settings.withAuthorities(endpoints);
  }

  private static AuthorityEndpoint authority(String url) throws RefusedException {
    try {
      return AuthorityEndpoint.parse(url);
    } catch (EndpointFormatException malformed) {
      throw settings("An authority cannot be asked: " + malformed.getMessage() + ".");
    }
  }

  private Optional<ReleasePolicyDocument> readPolicy() throws RefusedException {
    if (policy == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(PolicyParser.parse(Files.readString(policy)));
    } catch (IOException unreadable) {
      throw settings("The policy " + policy + " cannot be read.");
    } catch (PolicySyntaxException malformed) {
      throw new RefusedException(
          Reason.PolicyMalformed, "The policy " + policy + ", " + malformed.getMessage() + ".");
    }
  }

  private static RefusedException settings(String sentence) {
    return new RefusedException(Reason.SettingsInvalid, sentence);
  }
}
