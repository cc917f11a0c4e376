package dev.keygate.policy;

import java.math.BigDecimal;

/**
 * A string, number or boolean. Key Vault compares the texts, so the string {@code "true"} and the
 * boolean {@code true} are the same to it, and upper and lower case differ.
 */
public sealed interface ScalarValue {

  /** The text that is compared: booleans and numbers as JSON writes them, numbers at shortest. */
  String text();

  /** Whether Key Vault takes the two for the same. */
  default boolean isSameTextAs(ScalarValue other) {
    return text().equals(other.text());
  }

  /** A string. */
  record Text(String text) implements ScalarValue {
    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if it is longer than {@link PolicyLimits#MAX_TEXT_LENGTH}
     */
    public Text {
      if (text.length() > PolicyLimits.MAX_TEXT_LENGTH) {
        throw new IllegalArgumentException("a comparison value is too long");
      }
    }
  }

  /**
   * A number.
   *
   * @param number without trailing zeros, so that {@code 1}, {@code 1.0} and {@code 10e-1} are
   *     equal
   */
  record Numeric(BigDecimal number) implements ScalarValue {

    /** Longer numbers are written with an exponent, which keeps the text short. */
    private static final int LONGEST_PLAIN = 40;

    /** Strips trailing zeros. */
    public Numeric {
      number = number.stripTrailingZeros();
    }

    @Override
    public String text() {
      long digits = Math.abs((long) number.scale()) + number.precision();
      return digits <= LONGEST_PLAIN ? number.toPlainString() : number.toString();
    }
  }

  /** A boolean. */
  record Truth(boolean isTrue) implements ScalarValue {
    @Override
    public String text() {
      return Boolean.toString(isTrue);
    }
  }
}
