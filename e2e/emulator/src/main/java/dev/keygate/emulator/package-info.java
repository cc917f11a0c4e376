/**
 * The lab: every Azure service that Secure Key Release needs, and confidential VMs, in one process.
 * Knows how the services are put together and how a lab is described, started and ended; what a
 * service refuses is known only to the service's own package.
 */
@NullMarked
package dev.keygate.emulator;

import org.jspecify.annotations.NullMarked;
