package dev.keygate.emulator.fault;

import dev.keygate.emulator.clock.ClockOffset;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import java.time.Duration;
import java.util.Optional;

/**
 * A service behind its faults and as far away as the lab says. What a fault refuses has the
 * service's own error shape.
 *
 * @param host at which it answers
 */
public record FaultyService(String host, HttpService service, Faults faults, Latency latency)
    implements HttpService {

  @Override
  public HttpResponse answer(HttpRequest request) {
    if (!pause(latency.next(host))) {
      return interrupted();
    }
    Optional<ActiveFault> struck = faults.strike(host, request);
    return struck.isPresent() ? answer(request, struck.get()) : service.answer(request);
  }

  private HttpResponse answer(HttpRequest request, ActiveFault struck) {
    return switch (struck.fault().effect()) {
      case FaultEffect.Status status -> refusal(status);
      case FaultEffect.Delay(Duration by) -> pause(by) ? service.answer(request) : interrupted();
      case FaultEffect.Drip(int bytes, Duration pause) ->
          service.answer(request).sent(new Dripping(bytes, pause, faults.time()));
      case FaultEffect.Truncate(int bytes) -> service.answer(request).sent(new Truncating(bytes));
      case FaultEffect.Reset _ -> service.answer(request).sent(new Resetting());
      case FaultEffect.ContentType(String value) ->
          service.answer(request).with("Content-Type", value);
      case FaultEffect.WrongNonce _ -> service.answer(OtherNonce.in(request));
      case FaultEffect.Replay _ -> struck.firstOf(() -> service.answer(request));
      case FaultEffect.WrongClock(Duration offset) ->
          ClockOffset.during(offset, () -> service.answer(request));
      // Strikes connections; here it is too late.
      case FaultEffect.ExpiredCertificate _ -> service.answer(request);
    };
  }

  private HttpResponse refusal(FaultEffect.Status fault) {
    HttpResponse response =
        service.failure(fault.status(), "The lab was told to answer " + fault.status() + ".");
    for (var header : fault.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  private boolean pause(Duration duration) {
    try {
      faults.time().sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse interrupted() {
    return service.failure(503, "The lab is ending.");
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return service.failure(status, sentence);
  }
}
