/**
 * The webhook as the API server sees it: AdmissionReview over HTTPS, the look-ups that a decision
 * needs, and the account of what was decided. Decides nothing itself.
 */
@NullMarked
package dev.keygate.operator.injection.admission;

import org.jspecify.annotations.NullMarked;
