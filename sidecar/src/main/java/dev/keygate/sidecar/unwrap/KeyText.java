package dev.keygate.sidecar.unwrap;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.failure.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes key material in the formats of {@link KeyEncoding}; the arrays are the caller's. */
final class KeyText {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String END = "\n-----END PRIVATE KEY-----\n";
  private static final int PEM_LINE = 64;

  private KeyText() {}

  static byte[] pem(byte[] material) {
    byte[] begin = BEGIN.getBytes(StandardCharsets.US_ASCII);
    byte[] end = END.getBytes(StandardCharsets.US_ASCII);
    byte[] body =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encode(material);
    byte[] text = Arrays.copyOf(begin, begin.length + body.length + end.length);
    System.arraycopy(body, 0, text, begin.length, body.length);
    System.arraycopy(end, 0, text, begin.length + body.length, end.length);
    Arrays.fill(body, (byte) 0);
    return text;
  }

  static byte[] jwk(KeyDescription description, byte[] material) throws RefusedException {
    JwkText text = new JwkText().member("kid", description.identifier().toString());
    switch (description.announced()) {
      case AnnouncedKey.Rsa _ -> rsa(text.member("kty", "RSA"), Pkcs8.rsa(material), material);
      case AnnouncedKey.Ec ec -> ec(text.member("kty", "EC"), ec, material);
      case AnnouncedKey.Oct _ ->
          text.member("kty", "oct").number("k", material, new DerRange(0, material.length));
    }
    return text.member("key_ops", description.operations()).finish();
  }

  private static void rsa(JwkText text, Pkcs8.RsaPlaces places, byte[] material) {
    text.number("n", material, places.n())
        .number("e", material, places.e())
        .number("d", material, places.d())
        .number("p", material, places.p())
        .number("q", material, places.q())
        .number("dp", material, places.dp())
        .number("dq", material, places.dq())
        .number("qi", material, places.qi());
  }

  private static void ec(JwkText text, AnnouncedKey.Ec announced, byte[] material)
      throws RefusedException {
    EcCurve curve = announced.curve();
    text.member("crv", curve.joseName())
        .member("x", Base64Url.encode(announced.x()))
        .member("y", Base64Url.encode(announced.y()))
        .number("d", material, Pkcs8.ec(material, curve), curve.fieldBytes());
  }
}
