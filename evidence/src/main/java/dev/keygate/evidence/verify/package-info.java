/**
 * Decides whether evidence is believed: an ordered list of checks, trust before content, each with
 * a name. What passed has a type that only this package can build.
 */
@NullMarked
package dev.keygate.evidence.verify;

import org.jspecify.annotations.NullMarked;
