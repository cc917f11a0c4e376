/**
 * The certificate that the webhook shows to the API server: where it comes from, when another one
 * is due, and how the server gets it without a restart. Knows nothing of pods and keys.
 */
@NullMarked
package dev.keygate.operator.certificate;

import org.jspecify.annotations.NullMarked;
