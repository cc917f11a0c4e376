/**
 * Where the executables of a real Kubernetes come from: a folder the user names, the cache, the
 * official release, or a build from Go modules. Knows how they are obtained and nothing of how they
 * are run.
 */
@NullMarked
package dev.keygate.cluster.binaries;

import org.jspecify.annotations.NullMarked;
