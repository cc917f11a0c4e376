/**
 * Children of this process: started with a log, watched until they are ready, and ended with us
 * however we end. Knows nothing of what the children do.
 */
@NullMarked
package dev.keygate.cluster.process;

import org.jspecify.annotations.NullMarked;
