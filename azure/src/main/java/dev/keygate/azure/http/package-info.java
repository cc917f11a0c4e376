/**
 * One small blocking exchange over the JDK's HTTP client, and how to reach Azure: trust roots,
 * proxy, the address of the instance metadata service. Redirects are never followed, bodies are
 * bounded, every exchange ends in time, and no failure quotes a body. Knows nothing of what the
 * services say; which answers are worth another try, its callers decide.
 */
@NullMarked
package dev.keygate.azure.http;

import org.jspecify.annotations.NullMarked;
