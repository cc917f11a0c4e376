package dev.keygate.evidence.tpm.command;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A TPM_RC. The low twelve bits are the TPM's; higher bits say which layer of software below the
 * client made the code (a kernel's resource manager sets {@code 0x000B0000}). Format one, told by
 * bit 7, also says which handle, parameter or session is meant: {@code 0x18B} is {@link
 * TpmError#HANDLE} about handle 1.
 *
 * @param value the response code as on the wire
 */
public record TpmResponseCode(int value) {

  /** The command was carried out. */
  public static final TpmResponseCode SUCCESS = new TpmResponseCode(0);

  private static final int TPM_BITS = 0xFFF;
  private static final int FORMAT_ONE = 0x080;
  private static final int FORMAT_ONE_ERROR = 0x0BF;
  private static final int ABOUT_PARAMETER = 0x040;
  private static final int ABOUT_SESSION = 0x800;

  /** What a format-one code is about. */
  public enum SubjectKind {
    NONE,
    HANDLE,
    PARAMETER,
    SESSION
  }

  /**
   * What a format-one code is about.
   *
   * @param kind the kind of thing
   * @param number its number, counted from 1; 0 if the code does not say
   */
  public record Subject(SubjectKind kind, int number) {
    private static final Subject NONE = new Subject(SubjectKind.NONE, 0);
  }

  /** The code of an error that is about nothing in particular. */
  public static TpmResponseCode of(TpmError error) {
    return new TpmResponseCode(error.code());
  }

  /** The code of a format-one error about the handle with this number, counted from 1. */
  public static TpmResponseCode ofHandle(TpmError error, int number) {
    return new TpmResponseCode(requireFormatOne(error) | requireNumber(number, 7) << 8);
  }

  /** The code of a format-one error about the parameter with this number, counted from 1. */
  public static TpmResponseCode ofParameter(TpmError error, int number) {
    int subject = ABOUT_PARAMETER | requireNumber(number, 15) << 8;
    return new TpmResponseCode(requireFormatOne(error) | subject);
  }

  /** The code of a format-one error about the session with this number, counted from 1. */
  public static TpmResponseCode ofSession(TpmError error, int number) {
    int subject = ABOUT_SESSION | requireNumber(number, 7) << 8;
    return new TpmResponseCode(requireFormatOne(error) | subject);
  }

  /** The error without its subject, or nothing if it has no name here (or is a success). */
  public Optional<TpmError> error() {
    int code = value & TPM_BITS;
    return TpmError.of(isFormatOne() ? code & FORMAT_ONE_ERROR : code);
  }

  /** Whether this is the given error, whatever its subject and layer. */
  public boolean is(TpmError error) {
    return error().filter(error::equals).isPresent();
  }

  /** What a format-one code is about; {@link SubjectKind#NONE} for all others. */
  public Subject subject() {
    if (!isFormatOne()) {
      return Subject.NONE;
    }
    if ((value & ABOUT_PARAMETER) != 0) {
      return new Subject(SubjectKind.PARAMETER, value >>> 8 & 0xF);
    }
    SubjectKind kind = (value & ABOUT_SESSION) != 0 ? SubjectKind.SESSION : SubjectKind.HANDLE;
    int number = value >>> 8 & 0x7;
    return number == 0 && kind == SubjectKind.HANDLE ? Subject.NONE : new Subject(kind, number);
  }

  /** Whether the same command may succeed when sent again: the TPM was busy with itself. */
  public boolean isRetryable() {
    return is(TpmError.RETRY) || is(TpmError.YIELDED) || is(TpmError.TESTING);
  }

  /** Name where known, subject and number: {@code TPM_RC_HANDLE (handle 1, 0x18b)}. */
  @Override
  public String toString() {
    if (value == 0) {
      return "TPM_RC_SUCCESS";
    }
    String name = error().map(error -> "TPM_RC_" + error).orElse("TPM_RC");
    Subject subject = subject();
    String about =
        switch (subject.kind()) {
          case NONE -> "";
          case HANDLE -> "handle " + subject.number() + ", ";
          case PARAMETER -> "parameter " + subject.number() + ", ";
          case SESSION -> "session " + subject.number() + ", ";
        };
    return name
        + " ("
        + about
        + "0x"
        + HexFormat.of().toHexDigits(value, 8).replaceFirst("^0+", "")
        + ")";
  }

  private boolean isFormatOne() {
    return (value & FORMAT_ONE) != 0;
  }

  private static int requireFormatOne(TpmError error) {
    if ((error.code() & FORMAT_ONE) == 0) {
      throw new IllegalArgumentException(error + " is a format-zero code and has no subject");
    }
    return error.code();
  }

  private static int requireNumber(int number, int max) {
    if (number < 1 || number > max) {
      throw new IllegalArgumentException("a subject has a number from 1 to " + max);
    }
    return number;
  }
}
