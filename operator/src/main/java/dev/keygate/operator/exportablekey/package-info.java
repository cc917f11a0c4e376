/**
 * The kind ExportableKey: one step at a time towards a key in the vault that is as the spec says.
 *
 * <pre>
 *   NotAsked --Look--> Absent ------Create-----> NotAsked
 *      ^                  \--(name taken)--> SoftDeleted --Recover--> NotAsked
 *      |
 *      +--CorrectProperties, CorrectPolicy-- Present ---------------------> Settle
 *      |                                      |   \--ListVersions--> Listed --^
 *      \--CorrectProperties-- Traced <--Trace-/  (a new version without tags)
 *
 *   from anywhere: Refuse (somebody has to act), or a failure that time may cure
 * </pre>
 *
 * The decider sees what is known and names the next step; the provisioner takes it and looks again.
 * Nothing is remembered between two runs but in the status, which has the versions that are served;
 * whatever a crash leaves behind is what the next look finds. Knows how to manage keys, not how to
 * release one.
 */
@NullMarked
package dev.keygate.operator.exportablekey;

import org.jspecify.annotations.NullMarked;
