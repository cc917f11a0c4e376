/**
 * How the product fails: <em>refused</em> (the user acts), <em>unavailable</em> (it is tried again)
 * or, as an unchecked exception, a bug. Knows the closed list of reasons that conditions, problem
 * details, metrics and the runbook share; knows nothing of any service.
 */
@NullMarked
package dev.keygate.failure;

import org.jspecify.annotations.NullMarked;
