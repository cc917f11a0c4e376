/**
 * Finding an issuer's keys by OpenID Connect discovery over HTTPS. Knows addresses, trust and
 * caching; knows no token.
 */
@NullMarked
package dev.keygate.emulator.oidc;

import org.jspecify.annotations.NullMarked;
