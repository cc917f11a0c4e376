package dev.keygate.emulator.maa.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.interfaces.RSAPublicKey;

/**
 * Evidence that passed every check.
 *
 * @param claims what the token will say of it
 * @param subject which machine it is, for the decision log; may be empty
 * @param delivery how the token is handed over
 */
public record Appraised(ObjectNode claims, String subject, Delivery delivery) {

  /** How a token is handed over. */
  public sealed interface Delivery {

    /** As it is, signed. */
    record Signed() implements Delivery {}

    /**
     * Unsigned, as appraised under a draft.
     *
     * @param policy the draft's text
     */
    record Draft(String policy) implements Delivery {}

    /**
     * Signed, and readable by one guest alone.
     *
     * @param recipient a key in its TPM
     */
    record SealedTo(RSAPublicKey recipient) implements Delivery {}
  }

  public Appraised {
    claims = claims.deepCopy();
  }
}
