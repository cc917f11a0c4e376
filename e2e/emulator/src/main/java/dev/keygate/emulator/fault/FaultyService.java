package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import java.util.Map;
import java.util.Optional;

/**
 * A service behind its faults. What a fault answers has the service's own error shape.
 *
 * @param host at which it answers
 */
public record FaultyService(String host, HttpService service, Faults faults)
    implements HttpService {

  @Override
  public HttpResponse answer(HttpRequest request) {
    Optional<Fault> fault = faults.strike(host, request);
    return fault.isPresent() ? answer(fault.get()) : service.answer(request);
  }

  private HttpResponse answer(Fault fault) {
    HttpResponse response =
        service.failure(fault.status(), "The lab was told to answer " + fault.status() + ".");
    for (Map.Entry<String, String> header : fault.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return service.failure(status, sentence);
  }
}
