package dev.keygate.bench.sidecar;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.attestation.AttestationToken;
import dev.keygate.azure.attestation.IssuerKeys;
import dev.keygate.azure.attestation.MaaHttpClient;
import dev.keygate.azure.attestation.TokenExpectations;
import dev.keygate.azure.attestation.TokenVerifier;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseLoop;
import dev.keygate.sidecar.release.ReleasePorts;
import dev.keygate.sidecar.release.ReleaseRules;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.SoftwareTransferKey;
import dev.keygate.time.TimeSource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A thousand sidecars that want a key of one vault at the same moment, over real HTTP and with the
 * sidecar's own loop. They are attested beforehand, by a token for a key that all of them have: the
 * vault is what is of interest. The clock of lab and sidecars is faster than the wall's.
 */
record ThrottledFleet(BenchLab lab, Report report) {

  private static final int SIDECARS = 1000;
  private static final int CLOCK_RATE = 10;
  private static final int RELEASES_PER_WINDOW = 10;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int GIVE_UP_AFTER_BOUNDS = 3;
  private static final double FACTOR = 1.15;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final String NONCE = "fleet";

  void run()
      throws FailureException,
          GeneralSecurityException,
          EndpointFormatException,
          InterruptedException {
    for (String vault : List.of(BenchLab.FREE_REFUSALS, BenchLab.COUNTED_REFUSALS)) {
      KeyIdentifier key = lab.create(vault, "fleet").base();
      lab.lab().clock().advance(WINDOW);
      lab.lab().clock().run(CLOCK_RATE);
      try {
        release(vault, key);
      } finally {
        lab.lab().clock().run(1);
      }
    }
  }

  private void release(String vault, KeyIdentifier key)
      throws FailureException,
          GeneralSecurityException,
          EndpointFormatException,
          InterruptedException {
    TimeSource time = lab.lab().clock();
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(lab.network(), Timeouts.REMOTE)) {
      AttestedFleet guest = attest(exchange, time);
      Arrivals arrivals = new Arrivals(time);
      List<Thread> sidecars = new ArrayList<>();
      long from = time.nanoTime();
      for (int number = 0; number < SIDECARS; number++) {
        ReleaseLoop loop = loop(exchange, guest, arrivals.sink(), time);
        sidecars.add(Thread.ofVirtual().start(() -> loop.run(List.of(new KeyPin("fleet", key)))));
      }
      Duration bound = WINDOW.multipliedBy(SIDECARS / RELEASES_PER_WINDOW - 1);
      arrivals.await(SIDECARS, bound.multipliedBy(GIVE_UP_AFTER_BOUNDS));
      sidecars.forEach(Thread::interrupt);
      report(vault, arrivals, from, bound);
      for (Thread sidecar : sidecars) {
        sidecar.join();
      }
    }
  }

  private void report(String vault, Arrivals arrivals, long from, Duration bound) {
    double seconds = Duration.ofNanos(arrivals.lastNanos() - from).toMillis() / MILLIS_PER_SECOND;
    double boundSeconds = bound.toSeconds();
    String of = arrivals.count() + " of " + SIDECARS + " sidecars on a throttled vault, ";
    report.add(
        vault.equals(BenchLab.FREE_REFUSALS)
            ? new Figure(of + "refusals free", seconds, FACTOR * boundSeconds, "s")
            : Figure.unbounded(of + "refusals counted", seconds, "s"));
    report.say(
        String.format(
            Locale.ROOT,
            "    the throttle's bound is %.0f s; that is %.3f times as long",
            boundSeconds,
            seconds / boundSeconds));
  }

  private ReleaseLoop loop(
      JavaHttpExchange exchange, AttestedFleet guest, Arrivals.Sink sink, TimeSource time)
      throws FailureException {
    SecureRandom random = new SecureRandom();
    ReleaseFlow flow =
        new ReleaseFlow(
            new ReleasePorts(
                guest,
                new KeyReleaseHttpClient(exchange, lab::vaultToken, time),
                lab::vaultToken,
                sink),
            new ReleaseRules(
                KeyEncryption.RSA_AES_KEY_WRAP_256,
                new EnvelopeVerifier(lab.network().tlsRoots()),
                new RetryPolicy(Rig.IN_FLOW, time, random)),
            time,
            random);
    return Rig.loop(flow, sink, time);
  }

  /** All of the fleet's attestations. */
  private record AttestedFleet(VerifiedToken token, RSAPrivateKey key) implements Attester {

    @Override
    public List<AuthorityEndpoint> authorities() {
      return List.of(token.issuer());
    }

    @Override
    public AttestedGuest attest(List<AuthorityEndpoint> among) {
      return new AttestedGuest(token, new SoftwareTransferKey(key), () -> {});
    }
  }

  private AttestedFleet attest(JavaHttpExchange exchange, TimeSource time)
      throws FailureException,
          GeneralSecurityException,
          EndpointFormatException,
          InterruptedException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    AuthorityEndpoint authority = AuthorityEndpoint.parse("https://" + BenchLab.AUTHORITY);
    IssuerKeys keys = new MaaHttpClient(exchange, time).certs(authority);
    try {
      VerifiedToken token =
          TokenVerifier.verify(
              AttestationToken.parse(lab.mint(claims(key))),
              Set.of(authority),
              keys,
              new TokenExpectations(
                  NONCE,
                  new TokenExpectations.TransferPublicKey(
                      key.getModulus(), key.getPublicExponent()),
                  time.now(),
                  TokenExpectations.LARGEST_SKEW));
      return new AttestedFleet(token, (RSAPrivateKey) pair.getPrivate());
    } catch (JwsRefusedException e) {
      throw new IllegalStateException("the lab's token is none", e);
    }
  }

  private static ObjectNode claims(RSAPublicKey key) {
    ObjectNode claims = new ObjectMapper().createObjectNode();
    claims.putObject("x-ms-isolation-tee").put("x-ms-compliance-status", "azure-compliant-cvm");
    ObjectNode runtime = claims.putObject("x-ms-runtime");
    runtime
        .putObject("client-payload")
        .put("nonce", Base64.getEncoder().encodeToString(NONCE.getBytes(StandardCharsets.UTF_8)));
    ObjectNode jwk = runtime.putArray("keys").addObject();
    jwk.put("kid", "TpmEphemeralEncryptionKey").put("kty", "RSA");
    jwk.putArray("key_ops").add("encrypt");
    jwk.put("n", number(key.getModulus())).put("e", number(key.getPublicExponent()));
    return claims;
  }

  private static String number(BigInteger number) {
    byte[] octets = number.toByteArray();
    int from = octets.length > 1 && octets[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(octets, from, octets.length));
  }
}
