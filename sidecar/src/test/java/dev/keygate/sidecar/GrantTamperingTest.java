package dev.keygate.sidecar;

import static dev.keygate.sidecar.TestGrants.current;
import static dev.keygate.sidecar.TestGrants.overlap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import dev.keygate.contract.Grant;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.CallerSettings.Delivery;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.testing.LogLines;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody who may write ConfigMaps, and nothing else, does to a sidecar that runs. */
class GrantTamperingTest {

  private static final String MADE_UP = "f".repeat(32);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path labFolder;
  private static Optional<TestLab> lab = Optional.empty();
  private static KeyVersion version = new KeyVersion(MADE_UP);

  @TempDir private Path folder;

  @BeforeAll
  static void startLab() throws Exception {
    lab = Optional.of(TestLab.start(labFolder));
    version = lab.get().newSessionVersion();
  }

  @AfterAll
  static void stopLab() {
    lab.ifPresent(TestLab::close);
  }

  @BeforeEach
  void grantTheKey() throws Exception {
    write(TestGrants.session(TestLab.policy("sevsnpvm"), current(version)));
  }

  /** A grant that asks for something that it may not. */
  enum Tampering {
    ANOTHER_VAULT("The grant contradicts the settings") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.of(
            "https://evil.vault.azure.net/keys/session", policy(TestLab.MAA), current(version));
      }
    },
    ANOTHER_KEY("The grant contradicts the settings") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.of(
            TestLab.VAULT + "/keys/elsewhere", policy(TestLab.MAA), current(version));
      }
    },
    ANOTHER_AUTHORITY("The grant contradicts the settings") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(policy("https://evil.weu.attest.azure.net"), current(version));
      }
    },
    /** Pinned by nobody, though the lab has it. */
    AN_AUTHORITY_OF_ANOTHER_REGION("The grant contradicts the settings") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(
            policy("https://sharedneu.neu.attest.azure.net"), current(version));
      }
    },
    A_MADE_UP_VERSION("KeyNotFound") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(policy(TestLab.MAA), current(new KeyVersion(MADE_UP)));
      }
    },
    A_MADE_UP_VERSION_BESIDE_THE_SERVED("KeyNotFound") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(
            policy(TestLab.MAA), current(version), overlap(new KeyVersion(MADE_UP)));
      }
    },
    A_MADE_UP_VERSION_IN_PLACE_OF_THE_SERVED("KeyNotFound") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(
            policy(TestLab.MAA), current(new KeyVersion(MADE_UP)), overlap(version));
      }
    },
    A_POLICY_THAT_DENIES_A_NEW_VERSION("PolicyDenied") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(
            TestLab.policy("tdxvm"), current(new KeyVersion(MADE_UP)), overlap(version));
      }
    },
    A_POLICY_THAT_DENIES_THE_SERVED("denies this machine") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(TestLab.policy("tdxvm"), current(version));
      }
    },
    A_NEW_VERSION_OF_ANOTHER_AUTHORITY("PolicyDenied") {
      @Override
      Grant grant() throws Exception {
        return TestGrants.session(
            policy("https://evil.weu.attest.azure.net"),
            current(new KeyVersion(MADE_UP)),
            overlap(version));
      }
    };

    private final String warning;

    Tampering(String warning) {
      this.warning = warning;
    }

    abstract Grant grant() throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void changesNothingButAWarning(Tampering tampering) throws Exception {
    try (RunningSidecar sidecar = started();
        LogLines log = LogLines.collect()) {
      write(tampering.grant());

      await().atMost(SOON).until(() -> log.text().contains(tampering.warning));
      assertThat(served()).isEqualTo(TestLab.VAULT + "/keys/session/" + version);
      assertThat(Files.readSymbolicLink(keys("current"))).isEqualTo(Path.of(version.value()));
      assertThat(sidecar.defect()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void releasesNothingButThePinnedKeyFromTheStart(Tampering tampering) throws Exception {
    write(tampering.grant());
    try (LogLines log = LogLines.collect();
        RunningSidecar sidecar = start()) {
      await().atMost(SOON).until(() -> log.text().contains(tampering.warning));
      await()
          .atMost(SOON)
          .until(() -> log.text().contains("Key refused") || Files.exists(keys("current/key.jwk")));

      if (Files.exists(keys("current/key.jwk"))) {
        assertThat(served()).isEqualTo(TestLab.VAULT + "/keys/session/" + version);
      }
      assertThat(sidecar.defect()).isEmpty();
    }
  }

  @Test
  void servesOnWhenTheGrantIsDamagedOrGone() throws Exception {
    try (RunningSidecar sidecar = started();
        LogLines log = LogLines.collect()) {
      Path file = folder.resolve("grants/session/grant.json");
      Files.writeString(file, "{");
      await().atMost(SOON).until(() -> log.text().contains("GrantMalformed"));
      Files.delete(file);
      await().atMost(SOON).until(() -> log.text().contains("GrantMissing"));

      assertThat(served()).endsWith(version.value());
      assertThat(sidecar.defect()).isEmpty();
    }
  }

  @Test
  void endsWithTheGrantThatIsPutRight() throws Exception {
    try (RunningSidecar sidecar = started()) {
      write(Tampering.A_MADE_UP_VERSION.grant());
      KeyVersion next = lab.orElseThrow().newSessionVersion();

      write(TestGrants.session(policy(TestLab.MAA), current(next), overlap(version)));

      await().atMost(SOON).until(() -> served().endsWith(next.value()));
      assertThat(keys(version + "/key.jwk")).exists();
      assertThat(sidecar.defect()).isEmpty();
    }
  }

  private static ReleasePolicyDocument policy(String authority) throws Exception {
    return PolicyParser.parse(
        """
        {"version":"1.0.0","anyOf":[{"authority":"%s","allOf":[
          {"claim":"x-ms-isolation-tee.x-ms-compliance-status","equals":"azure-compliant-cvm"}]}]}
        """
            .formatted(authority));
  }

  private void write(Grant grant) throws Exception {
    new TestGrants(folder.resolve("grants")).write("session", grant);
  }

  private RunningSidecar started() throws Exception {
    RunningSidecar sidecar = start();
    await().atMost(SOON).until(() -> Files.exists(keys("current/key.jwk")));
    return sidecar;
  }

  private RunningSidecar start() throws Exception {
    Settings settings =
        new Settings(
            Map.of("session", KeyIdentifier.parse(TestLab.VAULT + "/keys/session")),
            lab.orElseThrow().platform("healthy", TestLab.MAA),
            new IdentitySettings.Managed(Optional.empty()),
            new Settings.GrantSettings(
                Optional.of(folder.resolve("grants")), Duration.ofMillis(50)),
            new Settings.LocalSettings(
                new Settings.ApiSettings(SidecarProcess.freePort(), Settings.ApiSockets.ON),
                new Settings.ManagementSettings(InetAddress.ofLiteral("127.0.0.1"), 9250),
                new CallerSettings(
                    Optional.of(folder.resolve("containers")),
                    Readers.GROUP,
                    Map.of("app", new CallerSettings.Caller(Set.of("session"), Delivery.FILES)))));
    return RunningSidecar.start(settings, Assembly.of(settings.platform()));
  }

  private String served() throws Exception {
    return JWK.parse(Files.readString(keys("current/key.jwk"))).getKeyID();
  }

  private Path keys(String below) {
    return folder.resolve("containers/app/keys/session").resolve(below);
  }
}
