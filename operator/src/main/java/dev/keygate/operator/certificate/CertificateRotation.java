package dev.keygate.operator.certificate;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the certificate again and again, and shows the newest. When there is none to be had, it
 * says so once, keeps showing what it has, and looks more often.
 *
 * <p>While the certificate that is shown is valid, another one is shown only when it is found for
 * the second time. In between, those API servers that have just been told to trust its authority
 * hear of it.
 */
public final class CertificateRotation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateRotation.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final ServingCertificate source;
  private final Duration interval;
  private final TimeSource time;
  private final RotatingCertificate keys = new RotatingCertificate();
  private final AtomicReference<String> complaint = new AtomicReference<>("");
  private volatile Optional<ServingMaterial> candidate = Optional.empty();
  private final Thread thread;

  /**
   * @param interval between two looks
   */
  public CertificateRotation(ServingCertificate source, Duration interval, TimeSource time) {
    this.source = source;
    this.interval = interval;
    this.time = time;
    this.thread = Thread.ofVirtual().name("webhook-certificate").unstarted(this::run);
  }

  /** Looks once before it returns, then on a thread of its own. */
  public void start() {
    look();
    thread.start();
  }

  /** What a server takes its certificate from. */
  public RotatingCertificate keys() {
    return keys;
  }

  /** Whether clients can accept what is shown. */
  public boolean isValid() {
    return keys.shown().filter(material -> material.isValidAt(time.now())).isPresent();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** One look; whether there was a certificate. */
  boolean look() {
    try {
      consider(source.obtain());
      complaint.set("");
      return true;
    } catch (CertificateUnavailableException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), "");
      if (!message.equals(complaint.getAndSet(message))) {
        LOG.warn("The webhook has no new certificate: {}", message);
      }
      return false;
    }
  }

  private void consider(ServingMaterial found) {
    if (hasChainOf(keys.shown(), found)) {
      return;
    }
    if (isValid() && !hasChainOf(candidate, found)) {
      candidate = Optional.of(found);
      return;
    }
    keys.show(found);
    LOG.atInfo()
        .addKeyValue("serial", found.certificate().getSerialNumber().toString(16))
        .addKeyValue("until", found.certificate().getNotAfter().toInstant())
        .log("The webhook shows another certificate");
  }

  private static boolean hasChainOf(Optional<ServingMaterial> one, ServingMaterial other) {
    return one.map(ServingMaterial::chain).equals(Optional.of(other.chain()));
  }

  private void run() {
    boolean found = keys.shown().isPresent();
    try {
      while (true) {
        boolean isPatient = found || interval.compareTo(AFTER_FAILURE) < 0;
        time.sleep(isPatient ? interval : AFTER_FAILURE);
        found = look();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
