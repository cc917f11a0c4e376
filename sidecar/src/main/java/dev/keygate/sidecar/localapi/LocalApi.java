package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.delivery.LeaseAnswer;
import dev.keygate.sidecar.events.KeyEventSource;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.wire.EventReply;
import dev.keygate.sidecar.wire.Listener;
import dev.keygate.sidecar.wire.LocalAnswer;
import dev.keygate.sidecar.wire.LocalHandler;
import dev.keygate.sidecar.wire.LocalReply;
import dev.keygate.sidecar.wire.LocalRequest;
import dev.keygate.sidecar.wire.WireDefect;
import dev.keygate.sidecar.wire.WireLimits;
import dev.keygate.time.TimeSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers calls, whatever carries them. The order of the checks is part of the contract: the Host
 * header first, so that a page that had its own name resolved to this address learns nothing; the
 * caller before everything that could tell one key from another.
 */
public final class LocalApi implements LocalHandler {

  private static final int OK = 200;

  /** What clients say when they are given a socket and no address. */
  private static final String SOCKET_HOST = "localhost";

  private static final Pattern BEARER = Pattern.compile("[Bb]earer ([A-Za-z0-9_-]{1,128})");

  private final CallerRegister callers;
  private final ApiSources sources;
  private final AttestationPages attestation;
  private final CallRates rates;

  /**
   * @param callers who may call
   */
  public LocalApi(CallerRegister callers, ApiSources sources, TimeSource time) {
    this.callers = callers;
    this.sources = sources;
    this.attestation = new AttestationPages(sources.attestation());
    this.rates = new CallRates(time);
  }

  @Override
  public LocalReply answer(LocalRequest request) throws InterruptedException {
    String route = "none";
    LocalReply reply;
    try {
      requireHost(request);
      ApiRoute.Found found = ApiRoute.find(request.method(), request.target());
      route = found.route().name();
      reply = answer(request, found.route(), found.name().orElse(""));
    } catch (ApiRefusal refusal) {
      reply = refusal.answer();
    }
    sources.meter().add(new CallMeter.Answered(route, status(reply)));
    return reply;
  }

  private static int status(LocalReply reply) {
    return switch (reply) {
      case LocalAnswer answer -> answer.status();
      case EventReply _ -> OK;
    };
  }

  @Override
  public LocalAnswer refusal(WireDefect defect) {
    return switch (defect) {
      case MALFORMED ->
          Problems.of(ApiCode.RequestMalformed, "See RFC 9112; lines end with CR LF.");
      case HEAD_TOO_LARGE ->
          Problems.of(ApiCode.HeadTooLarge, "Line and headers have at most 8192 bytes.");
      case BODY_TOO_LARGE ->
          Problems.of(
              ApiCode.BodyTooLarge, "A body has at most " + WireLimits.BODY_BYTES + " bytes.");
      case LENGTH_MISSING ->
          Problems.of(ApiCode.LengthMissing, "Send Content-Length and no Transfer-Encoding.");
      case HANDLER_FAILED -> Problems.of(ApiCode.InternalError, "See the sidecar's log.");
    };
  }

  private LocalReply answer(LocalRequest request, ApiRoute route, String name)
      throws ApiRefusal, InterruptedException {
    if (route == ApiRoute.DESCRIPTION) {
      return JsonAnswer.ok(ApiDescription.text());
    }
    Caller caller = requireCaller(request);
    rates.requireCall(caller);
    return switch (route) {
      case DESCRIPTION -> throw new IllegalStateException("was answered above");
      case KEYS -> new KeyListing(sources.lease(), sources.board()).of(caller);
      case MATERIAL -> material(request, caller, name);
      case EVENTS -> events(caller, name);
      case ATTESTATION -> attestation.claims(caller);
      case ATTEST -> attest(request, caller);
      case AMD_COLLATERAL -> attestation.amdCollateral();
    };
  }

  private LocalReply attest(LocalRequest request, Caller caller)
      throws ApiRefusal, InterruptedException {
    requireJson(request);
    AttestCall call = AttestCall.parse(request.body());
    rates.requireAttestation(caller);
    return call.answer(sources.attestation().apps());
  }

  private LocalReply events(Caller caller, String name) throws ApiRefusal {
    requireKey(caller, name);
    Runnable giveBack = rates.takeStream(caller);
    return new EventReply(new KeyEventSource(name, sources.lease(), sources.board(), giveBack));
  }

  private LocalAnswer material(LocalRequest request, Caller caller, String name) throws ApiRefusal {
    requireJson(request);
    MaterialRequest wanted = MaterialRequest.parse(request.body());
    requireKey(caller, name);
    KeyEncoding encoding =
        Acceptable.encoding(request.header("Accept")).orElseThrow(LocalApi::noFormat);
    return switch (sources.lease().write(name, wanted.version(), encoding)) {
      case LeaseAnswer.Written written ->
          new LocalAnswer(
              OK,
              Map.of(
                  "Content-Type",
                  Acceptable.contentType(encoding),
                  "ETag",
                  "\"" + written.version() + "\""),
              written.text());
      case LeaseAnswer.NothingHeld _ ->
          sources
              .board()
              .latest(name)
              .map(Problems::of)
              .orElseGet(() -> Problems.of(ApiCode.KeyPending, "Its first release is under way."));
      case LeaseAnswer.VersionNotHeld _ ->
          throw new ApiRefusal(
              ApiCode.VersionUnknown, "GET /v1/keys lists the versions that are here.");
      case LeaseAnswer.EncodingNotAllowed _ -> throw noFormat();
    };
  }

  private static ApiRefusal noFormat() {
    return new ApiRefusal(
        ApiCode.FormatRefused,
        "Keys are written as application/jwk+json, application/octet-stream or, but for symmetric"
            + " ones, application/x-pem-file.");
  }

  private static void requireHost(LocalRequest request) throws ApiRefusal {
    String host =
        switch (request.listener()) {
          case Listener.Loopback(int port) -> "127.0.0.1:" + port;
          case Listener.ContainerSocket _ -> SOCKET_HOST;
        };
    if (request.single("Host").filter(host::equals).isEmpty()) {
      throw new ApiRefusal(ApiCode.HostRefused, "Call this API at http://" + host + ".");
    }
  }

  private static void requireKey(Caller caller, String name) throws ApiRefusal {
    if (!caller.keys().contains(name)) {
      throw new ApiRefusal(
          ApiCode.KeyUnknown, "Container " + caller.container() + " is granted no such key.");
    }
  }

  private static void requireJson(LocalRequest request) throws ApiRefusal {
    Optional<String> type =
        request
            .single("Content-Type")
            .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    if (type.filter("application/json"::equals).isEmpty()) {
      throw new ApiRefusal(
          ApiCode.MediaTypeRefused, "Send Content-Type: application/json and an object.");
    }
  }

  private Caller requireCaller(LocalRequest request) throws ApiRefusal {
    Matcher bearer = BEARER.matcher(request.single("Authorization").orElse(""));
    if (bearer.matches()) {
      Optional<Caller> caller = callers.find(bearer.group(1));
      if (caller.isPresent() && belongs(caller.get(), request.listener())) {
        return caller.get();
      }
    }
    throw new ApiRefusal(Problems.callerUnknown());
  }

  /** A container's socket takes the token of that container alone. */
  private static boolean belongs(Caller caller, Listener listener) {
    return switch (listener) {
      case Listener.Loopback _ -> true;
      case Listener.ContainerSocket(String container, _) -> container.equals(caller.container());
    };
  }
}
