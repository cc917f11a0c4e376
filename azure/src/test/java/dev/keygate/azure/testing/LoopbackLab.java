package dev.keygate.azure.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.jose.TrustRoots;
import dev.keygate.azure.testing.CertificateForge.Issuer;
import dev.keygate.azure.testing.CertificateForge.Leaf;
import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server with real TLS that answers under some of Azure's host names behind a CONNECT proxy, and
 * a plain one for the instance metadata service; both on 127.0.0.1.
 */
public final class LoopbackLab implements AutoCloseable {

  private static final Issuer ROOT = CertificateForge.root("lab root");
  private static final Issuer OTHER_ROOT = CertificateForge.root("another root");
  private static final KeyPair LEAF_KEYS = TestKeys.ec();
  private static final Certificate LEAF =
      CertificateForge.leaf(
          ROOT,
          Leaf.of(
              LEAF_KEYS.getPublic(),
              "*.vault.azure.net",
              "*.weu.attest.azure.net",
              "global.acccache.azure.net",
              "kdsintf.amd.com",
              "login.microsoftonline.com"));

  private final HttpsServer tls;
  private final HttpServer imds;
  private final ConnectProxy proxy;

  /** Starts all three; every path answers 404 until a handler is there. */
  public LoopbackLab() {
    try {
      tls = HttpsServer.create(anyPort(), 0);
      tls.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
      tls.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      tls.start();
      imds = HttpServer.create(anyPort(), 0);
      imds.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      imds.start();
      proxy = new ConnectProxy(tls.getAddress());
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  private static SSLContext serverContext() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("leaf", LEAF_KEYS.getPrivate(), new char[0], new Certificate[] {LEAF});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Answers a path of every TLS host. */
  public LoopbackLab serve(String path, HttpHandler handler) {
    tls.createContext(path, handler);
    return this;
  }

  /** Answers a path of the metadata service. */
  public LoopbackLab serveImds(String path, HttpHandler handler) {
    imds.createContext(path, handler);
    return this;
  }

  /** How the product reaches it. */
  public AzureNetwork network() {
    return network(ROOT);
  }

  /** The same, trusting a root that has issued nothing here. */
  public AzureNetwork networkOfAnotherRoot() {
    return network(OTHER_ROOT);
  }

  private AzureNetwork network(Issuer root) {
    URI imdsBase = URI.create("http://127.0.0.1:" + imds.getAddress().getPort());
    return new AzureNetwork(
        new TrustRoots(List.of(root.certificate())), ProxySelector.of(proxy.address()), imdsBase);
  }

  /** Where the proxy listens. */
  public InetSocketAddress proxyAddress() {
    return proxy.address();
  }

  /** The root in PEM. */
  public static String rootPem() {
    return CertificateForge.pem(ROOT.certificate());
  }

  /** {@code host:port} of every tunnel that was asked for. */
  public List<String> tunnels() {
    return proxy.tunnels();
  }

  /** Writes a whole answer. */
  public static void respond(HttpExchange exchange, int status, String json) {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    respond(exchange, status, Bytes.ofUtf8(json));
  }

  /** Writes a whole answer, whose content type the handler has set. */
  public static void respond(HttpExchange exchange, int status, Bytes octets) {
    byte[] body = octets.toArray();
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    proxy.close();
    tls.stop(0);
    imds.stop(0);
  }
}
