package dev.keygate.bench.lab;

import dev.keygate.time.TimeSource;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a release cannot do without, and nothing else: an AES key encrypted by RSA-OAEP to an
 * RSA-2048 key, an RSA-2048 key wrapped by AES-KWP, one RS256 signature with an RSA-2048 key over
 * as much as an envelope has.
 */
public final class BareCrypto {

  private static final int ENVELOPE_BYTES = 9000;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final KeyPair target;
  private final KeyPair transfer;
  private final KeyPair signer;
  private final byte[] envelope = new byte[ENVELOPE_BYTES];
  private final SecureRandom random;
  private final TimeSource time;

  /** Makes the keys. */
  public BareCrypto(SecureRandom random, TimeSource time) throws GeneralSecurityException {
    this.random = random;
    this.time = time;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048, random);
    this.target = generator.generateKeyPair();
    this.transfer = generator.generateKeyPair();
    this.signer = generator.generateKeyPair();
  }

  /** How often all cores of this process do it when they are warm, as {@link Rate} writes it. */
  public String rate(Duration during) throws InterruptedException, ExecutionException {
    count(WARM_UP);
    Duration cpuBefore = ProcessorTime.of(ProcessHandle.current());
    long begun = time.nanoTime();
    long count = count(during);
    Duration wall = Duration.ofNanos(time.nanoTime() - begun);
    Duration cpu = ProcessorTime.of(ProcessHandle.current()).minus(cpuBefore);
    return new Rate(count, wall, cpu).text();
  }

  private long count(Duration during) throws InterruptedException, ExecutionException {
    int threads = Runtime.getRuntime().availableProcessors();
    long until = time.nanoTime() + during.toNanos();
    try (ExecutorService cores = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        counts.add(cores.submit(() -> countUntil(until)));
      }
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    }
  }

  private long countUntil(long until) throws GeneralSecurityException {
    long count = 0;
    while (time.nanoTime() - until < 0) {
      once();
      count++;
    }
    return count;
  }

  private void once() throws GeneralSecurityException {
    byte[] aesKey = new byte[32];
    random.nextBytes(aesKey);
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.ENCRYPT_MODE,
        transfer.getPublic(),
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
    kwp.init(Cipher.WRAP_MODE, new SecretKeySpec(aesKey, "AES"));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(signer.getPrivate());
    signature.update(oaep.doFinal(aesKey));
    signature.update(kwp.wrap(target.getPrivate()));
    signature.update(envelope);
    signature.sign();
  }
}
