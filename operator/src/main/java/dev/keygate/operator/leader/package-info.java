/**
 * Which of the operator's replicas keeps keys: one at a time, by a Lease. Knows nothing of what the
 * others do meanwhile; all of them watch, and all of them serve the webhook.
 */
@NullMarked
package dev.keygate.operator.leader;

import org.jspecify.annotations.NullMarked;
