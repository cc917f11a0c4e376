/**
 * The one port through which the product reads time and waits. Knows nothing of who asks; its only
 * production implementation lives in the Azure client module.
 */
@NullMarked
package dev.keygate.time;

import org.jspecify.annotations.NullMarked;
