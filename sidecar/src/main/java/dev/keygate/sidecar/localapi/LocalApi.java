package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.delivery.LeaseAnswer;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import java.util.List;
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
public final class LocalApi {

  /** The largest body; a request is a version and no more. */
  static final int BODY_LIMIT_BYTES = 1024;

  private static final int OK = 200;
  private static final String KEYS = "/v1/keys";
  private static final Pattern MATERIAL = Pattern.compile("/v1/keys/([a-z0-9.-]{1,253})/material");
  private static final Pattern BEARER = Pattern.compile("[Bb]earer ([A-Za-z0-9_-]{1,128})");

  private final String host;
  private final CallerRegister callers;
  private final MemoryLease lease;
  private final OutcomeBoard board;

  /**
   * @param port the one on 127.0.0.1 by which callers must address the API
   */
  public LocalApi(int port, CallerRegister callers, MemoryLease lease, OutcomeBoard board) {
    this.host = "127.0.0.1:" + port;
    this.callers = callers;
    this.lease = lease;
    this.board = board;
  }

  LocalAnswer answer(LocalRequest request) {
    try {
      requireHost(request);
      Matcher material = MATERIAL.matcher(request.path());
      if (request.path().equals(KEYS)) {
        requireMethod(request, "GET");
        return new KeyListing(lease, board).of(requireCaller(request));
      }
      if (material.matches()) {
        requireMethod(request, "POST");
        return material(request, material.group(1));
      }
      throw new ApiRefusal(ApiCode.PathUnknown, "See the reference of the local API.");
    } catch (ApiRefusal refusal) {
      return refusal.answer();
    }
  }

  /** The answer to a body that was not read to its end. */
  static LocalAnswer bodyTooLarge() {
    return Problems.of(ApiCode.BodyTooLarge, "A body has at most " + BODY_LIMIT_BYTES + " bytes.");
  }

  private LocalAnswer material(LocalRequest request, String name) throws ApiRefusal {
    Caller caller = requireCaller(request);
    requireJson(request);
    MaterialRequest wanted = MaterialRequest.parse(request.body());
    if (!caller.keys().contains(name)) {
      throw new ApiRefusal(
          ApiCode.KeyUnknown, "Container " + caller.container() + " is granted no such key.");
    }
    KeyEncoding encoding =
        Acceptable.encoding(request.headers().getOrDefault("Accept", List.of()))
            .orElseThrow(LocalApi::noFormat);
    return switch (lease.write(name, wanted.version(), encoding)) {
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
          board
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

  private void requireHost(LocalRequest request) throws ApiRefusal {
    if (request.single("Host").filter(host::equals).isEmpty()) {
      throw new ApiRefusal(ApiCode.HostRefused, "Call this API at http://" + host + ".");
    }
  }

  private static void requireMethod(LocalRequest request, String method) throws ApiRefusal {
    if (!request.method().equals(method)) {
      throw new ApiRefusal(ApiCode.MethodRefused, "Call this path with " + method + ".");
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
      if (caller.isPresent()) {
        return caller.get();
      }
    }
    throw new ApiRefusal(
        ApiCode.CallerUnknown,
        "Send Authorization: Bearer and the token of this container's token file.");
  }
}
