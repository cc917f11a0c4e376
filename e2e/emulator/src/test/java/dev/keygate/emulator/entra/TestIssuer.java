package dev.keygate.emulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Date;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An issuer of workload tokens at an https address on loopback, as an API server is one. */
public final class TestIssuer implements AutoCloseable {

  public static final String SUBJECT = "system:serviceaccount:keygate:operator";

  private final HttpsServer server;
  private final KeyPair signing;
  private final KeyPair stranger;
  private final X509Certificate certificate;
  private final TimeSource time;

  public TestIssuer(KeyPair tls, KeyPair signing, KeyPair stranger, TimeSource time)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    this.signing = signing;
    this.stranger = stranger;
    this.time = time;
    this.certificate = certificate(tls, time);
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(tls)));
    serve("/.well-known/openid-configuration", () -> metadata().toString());
    serve("/openid/v1/jwks", () -> keys().toString());
    server.start();
  }

  private interface Page {
    String text();
  }

  private void serve(String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = page.text().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  public String issuer() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  public String caPem() {
    return LabCertificates.pem(certificate);
  }

  public String assertion(Consumer<ObjectNode> change) {
    return CompactJws.sign(header(), claims(change), signing.getPrivate());
  }

  String assertionOfStranger() {
    return CompactJws.sign(header(), claims(claims -> {}), stranger.getPrivate());
  }

  String assertionWithUnknownKey() {
    return CompactJws.sign(header().put("kid", "k2"), claims(claims -> {}), signing.getPrivate());
  }

  private static ObjectNode header() {
    return Json.object().put("alg", "RS256").put("kid", "k1");
  }

  private ObjectNode claims(Consumer<ObjectNode> change) {
    long now = time.now().getEpochSecond();
    ObjectNode claims = Json.object().put("iss", issuer()).put("sub", SUBJECT);
    claims.putArray("aud").add(FederatedCredential.AUDIENCE);
    claims.put("iat", now).put("nbf", now).put("exp", now + 3600);
    change.accept(claims);
    return claims;
  }

  private ObjectNode metadata() {
    return Json.object().put("issuer", issuer()).put("jwks_uri", issuer() + "/openid/v1/jwks");
  }

  private ObjectNode keys() {
    ObjectNode jwk = Json.object().put("kid", "k1").put("kty", "RSA").put("alg", "RS256");
    RsaJwk.put(jwk, (RSAPublicKey) signing.getPublic());
    ObjectNode set = Json.object();
    set.putArray("keys").add(jwk);
    return set;
  }

  private static X509Certificate certificate(KeyPair pair, TimeSource time)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=test issuer");
    Date from = Date.from(time.now().minus(Duration.ofDays(1)));
    Date until = Date.from(time.now().plus(Duration.ofDays(1)));
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(name, BigInteger.TWO, from, until, name, pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
  }

  private SSLContext tls(KeyPair pair) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    char[] none = new char[0];
    store.setKeyEntry("tls", pair.getPrivate(), none, new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
