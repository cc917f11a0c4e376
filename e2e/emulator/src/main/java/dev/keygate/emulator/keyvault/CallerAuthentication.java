package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.AccessTokenVerifier;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Caller;
import dev.keygate.emulator.entra.TokenRefusedException;
import dev.keygate.emulator.entra.TokenRefusedException.Defect;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.time.TimeSource;

/** What a vault says to bearer tokens, and how to get one. */
final class CallerAuthentication {

  private final VaultSite site;
  private final AccessTokenVerifier tokens;

  CallerAuthentication(VaultSite site, IssuerKeys issuers, TimeSource time) {
    this.site = site;
    this.tokens = new AccessTokenVerifier(site.tenantId(), Audience.of(site.host()), issuers, time);
  }

  /** The value of WWW-Authenticate. */
  String challenge() {
    return tokens.challenge();
  }

  Caller authenticate(HttpRequest request) throws VaultRefusedException {
    try {
      return tokens.verify(request);
    } catch (TokenRefusedException e) {
      throw VaultRefusals.unauthorized(said(e.defect()));
    }
  }

  private String said(Defect defect) {
    return switch (defect) {
      case MISSING -> "AKV10000: Request is missing a Bearer or PoP token.";
      case MALFORMED -> "AKV10001: Jwt10142: Unable to decode the token.";
      case AUDIENCE -> "AKV10022: Invalid audience. Expected " + site.host().audience() + ".";
      case ISSUER ->
          "AKV10032: Invalid issuer. Expected one of "
              + AccessTokenIssuer.issuer(site.tenantId())
              + ".";
      case KEYS_UNAVAILABLE -> "AKV10046: Unable to resolve the key used for signature validation.";
      case SIGNATURE -> "AKV10046: Unable to validate the token's signature.";
      case LIFETIME -> "AKV10093: Lifetime validation of the token failed.";
      case OBJECT_ID -> "AKV10003: The token names no object id.";
    };
  }
}
