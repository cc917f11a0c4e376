/**
 * The lab as a process of its own and as its other users see it: what its lab.json says, what its
 * admin endpoint does, who writes orders for the keys in its vault.
 */
@NullMarked
package dev.keygate.scenarios.lab;

import org.jspecify.annotations.NullMarked;
