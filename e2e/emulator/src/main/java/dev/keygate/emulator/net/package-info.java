/**
 * How requests reach the lab's services: HTTP/1.1 on loopback, a CONNECT proxy that knows only the
 * lab's hosts, TLS under the lab's own certification authority. Knows nothing of what a service
 * answers.
 */
@NullMarked
package dev.keygate.emulator.net;

import org.jspecify.annotations.NullMarked;
