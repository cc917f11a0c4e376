/**
 * When a vault may be called. A vault takes a number of calls in a time; who may call it next is
 * decided here, by turns and fairly between namespaces, and nobody waits in a thread for it: a run
 * that has to wait ends and says when it comes back. Knows calls, callers and time; knows neither
 * why something is called nor Kubernetes.
 */
@NullMarked
package dev.keygate.operator.throttle;

import org.jspecify.annotations.NullMarked;
