package dev.keygate.sidecar.keyvault;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.unwrap.AnnouncedKey;
import dev.keygate.sidecar.unwrap.EcCurve;

/** Reads the public half of a key as vaults write it: a JSON Web Key with types of their own. */
final class AnnouncedKeys {

  private AnnouncedKeys() {}

  static AnnouncedKey read(JsonMembers jwk) throws JsonFormatException, EnvelopeRefusedException {
    try {
      return switch (jwk.text("kty")) {
        case "RSA", "RSA-HSM" -> new AnnouncedKey.Rsa(number(jwk, "n"), number(jwk, "e"));
        case "EC", "EC-HSM" -> ec(jwk);
        case "oct", "oct-HSM" -> new AnnouncedKey.Oct();
        default -> throw refused("its type is none that is released");
      };
    } catch (IllegalArgumentException outOfBounds) {
      throw refused(String.valueOf(outOfBounds.getMessage()));
    }
  }

  private static AnnouncedKey ec(JsonMembers jwk)
      throws JsonFormatException, EnvelopeRefusedException {
    EcCurve curve =
        EcCurve.of(jwk.text("crv")).orElseThrow(() -> refused("its curve is none of a vault"));
    return new AnnouncedKey.Ec(curve, coordinate(jwk, "x", curve), coordinate(jwk, "y", curve));
  }

  private static Bytes coordinate(JsonMembers jwk, String name, EcCurve curve)
      throws JsonFormatException, EnvelopeRefusedException {
    Bytes number = number(jwk, name);
    int missing = curve.fieldBytes() - number.size();
    return missing > 0 ? Bytes.concat(Bytes.zeros(missing), number) : number;
  }

  /** Unsigned; vaults write some numbers with leading zeros, the exponent among them. */
  private static Bytes number(JsonMembers jwk, String name)
      throws JsonFormatException, EnvelopeRefusedException {
    Bytes octets =
        Base64Url.decode(jwk.text(name))
            .orElseThrow(() -> refused(name + " is not base64url without padding"));
    int zeros = 0;
    while (zeros < octets.size() && octets.at(zeros) == 0) {
      zeros++;
    }
    return octets.slice(zeros, octets.size() - zeros);
  }

  private static EnvelopeRefusedException refused(String found) {
    return new EnvelopeRefusedException(EnvelopeCheck.RELEASED_TYPE, found);
  }
}
