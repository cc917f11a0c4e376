/**
 * HTTP/1.1 as the local API needs it, over a loopback port and Unix sockets: a strict reader of
 * requests, a writer that leaves no copy of an answer behind, and connections with deadlines. Knows
 * no path, no caller and no key.
 */
@NullMarked
package dev.keygate.sidecar.wire;

import org.jspecify.annotations.NullMarked;
