/**
 * Access tokens of Entra: by workload identity federation in a cluster, by managed identity on a
 * virtual machine. Tokens are types that hide themselves, are kept until shortly before they
 * expire, and are fetched by one caller at a time. Knows nothing of what a token is used for beyond
 * its audience.
 */
@NullMarked
package dev.keygate.azure.identity;

import org.jspecify.annotations.NullMarked;
