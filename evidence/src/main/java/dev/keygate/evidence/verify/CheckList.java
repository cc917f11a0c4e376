package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Remembers which checks were made, and ends with the first one that fails. */
final class CheckList {

  private final EnumSet<Check> passed = EnumSet.noneOf(Check.class);

  /** Makes a check that two values are equal. */
  void requireEqual(Check check, Object expected, Object found)
      throws EvidenceVerificationException {
    if (!expected.equals(found)) {
      throw failed(check, expected.toString(), found.toString());
    }
    passed.add(check);
  }

  /** Makes a check that a value is the expected one, if one is expected. */
  void requireIfGiven(Check check, Optional<Bytes> expected, Bytes found)
      throws EvidenceVerificationException {
    if (expected.isEmpty()) {
      return;
    }
    if (!expected.get().equals(found)) {
      throw failed(check, expected.get().hex(), found.hex());
    }
    passed.add(check);
  }

  /** Remembers a check that was made and held. */
  void passed(Check check) {
    passed.add(check);
  }

  /** Takes over what another list remembers. */
  void passed(Set<Check> checks) {
    passed.addAll(checks);
  }

  /** The checks that were made and held, in their order. */
  Set<Check> passed() {
    return Collections.unmodifiableSet(EnumSet.copyOf(passed));
  }

  static EvidenceVerificationException failed(Check check, String expected, String found) {
    return new EvidenceVerificationException(check, expected, found);
  }
}
