/** Says over HTTP whether the operator watches and works. Knows nothing of kinds and vaults. */
@NullMarked
package dev.keygate.operator.health;

import org.jspecify.annotations.NullMarked;
