package dev.keygate.azure.http;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words of ours what ended an exchange; a library's text may quote what it received. */
final class Transport {

  private Transport() {}

  static String describe(@Nullable Throwable failure) {
    if (has(failure, HttpConnectTimeoutException.class::isInstance)) {
      return "could not be connected to in time";
    }
    if (has(failure, UnresolvedAddressException.class::isInstance)) {
      return "has a name that could not be resolved";
    }
    if (has(failure, CertPathValidatorException.class::isInstance)
        || has(failure, CertificateException.class::isInstance)) {
      return "presented a TLS certificate that is not for that name under a trusted root, in force"
          + " now";
    }
    if (has(failure, SSLException.class::isInstance)) {
      return "did not complete the TLS handshake";
    }
    if (has(failure, ConnectException.class::isInstance)) {
      return "could not be connected to";
    }
    return "broke off before the answer was complete";
  }

  private static boolean has(@Nullable Throwable failure, Predicate<Throwable> isIt) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isIt.test(cause)) {
        return true;
      }
    }
    return false;
  }
}
