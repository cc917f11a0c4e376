package dev.keygate.operator.injection.admission;

/** A body that is no AdmissionReview of a pod's creation. */
public final class MalformedReviewException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected; nothing of the body
   */
  MalformedReviewException(String message) {
    super(message);
  }
}
