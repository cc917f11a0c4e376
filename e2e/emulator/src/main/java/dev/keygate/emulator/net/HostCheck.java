package dev.keygate.emulator.net;

/** Refuses a request for another host than the one the TLS connection was made for. */
record HostCheck(String host, HttpService service) implements HttpService {

  @Override
  public HttpResponse answer(HttpRequest request) {
    String asked = request.header("host").orElse("");
    String name = asked.endsWith(":443") ? asked.substring(0, asked.length() - 4) : asked;
    return name.equalsIgnoreCase(host)
        ? service.answer(request)
        : failure(421, "The request is for another host than the connection.");
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return service.failure(status, sentence);
  }
}
