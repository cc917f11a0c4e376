package dev.keygate.emulator.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads requests of one connection (RFC 9112). Reads not one byte further than the request, so that
 * a tunnel can begin behind a CONNECT; give it a buffered stream where speed counts.
 */
final class RequestReader {

  private static final int MAX_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  // An attestation body carries a boot event log of some hundred KiB, twice in base64.
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  private final InputStream in;
  private final OutputStream out;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * The next request; empty where the peer ended the connection between two.
   *
   * @throws HttpRefusedException if the bytes are no request, after which the connection is
   *     unusable
   * @throws IOException if the connection broke or timed out
   */
  Optional<HttpRequest> next() throws IOException, HttpRefusedException {
    String line = readLine();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.") || parts[0].isEmpty()) {
      throw new HttpRefusedException(400, "The request line is not HTTP/1.1.");
    }
    Map<String, String> headers = readHeaders();
    String target = parts[1];
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return Optional.of(
        new HttpRequest(parts[0], path, FormText.parse(query), headers, readBody(headers)));
  }

  private Map<String, String> readHeaders() throws IOException, HttpRefusedException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MAX_HEADERS) {
        throw new HttpRefusedException(400, "The request has a malformed header, or too many.");
      }
      headers.putIfAbsent(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return headers;
  }

  private String readBody(Map<String, String> headers) throws IOException, HttpRefusedException {
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return readChunks();
    }
    String length = headers.get("content-length");
    if (length == null) {
      return "";
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    readInto(body, parseLength(length, 10));
    return body.toString(UTF_8);
  }

  private String readChunks() throws IOException, HttpRefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = readLine();
      int semicolon = line.indexOf(';');
      int length = parseLength(semicolon < 0 ? line : line.substring(0, semicolon), 16);
      if (length == 0) {
        readHeaders();
        return body.toString(UTF_8);
      }
      readInto(body, length);
      readLine();
    }
  }

  private static int parseLength(String text, int radix) throws HttpRefusedException {
    try {
      int length = Integer.parseInt(text.trim(), radix);
      if (length < 0) {
        throw new HttpRefusedException(400, "The request has a negative length.");
      }
      return length;
    } catch (NumberFormatException e) {
      throw new HttpRefusedException(400, "The request has a malformed length.");
    }
  }

  private void readInto(ByteArrayOutputStream body, int length)
      throws IOException, HttpRefusedException {
    if (length > MAX_BODY_BYTES - body.size()) {
      throw new HttpRefusedException(413, "The request is larger than " + MAX_BODY_BYTES + " B.");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new HttpRefusedException(400, "The request ended early.");
    }
    body.writeBytes(bytes);
  }

  private String readLine() throws IOException, HttpRefusedException {
    StringBuilder line = new StringBuilder(128);
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.length() == MAX_LINE_BYTES) {
        throw new HttpRefusedException(431, "A line of the request is too long.");
      }
      line.append((char) b);
    }
    String text = line.toString();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
