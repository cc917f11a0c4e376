package dev.keygate.emulator.net;

/** One service of the lab behind one host name. Implementations are safe for use by threads. */
public interface HttpService {

  /** Answers any request; a refusal is an answer. */
  HttpResponse answer(HttpRequest request);

  /**
   * This service's error shape around a failure that was found before or beside the service: a
   * request that is no HTTP, a body that is too large, a defect.
   *
   * @param status the HTTP status
   * @param sentence what is wrong, without anything of the request
   */
  HttpResponse failure(int status, String sentence);
}
