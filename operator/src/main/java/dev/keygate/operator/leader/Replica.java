package dev.keygate.operator.leader;

/**
 * Who this process is among the operator's replicas.
 *
 * @param namespace where the Lease is
 * @param identity no other process has it at the same time; a pod's name, which a container keeps
 *     when it is started again in its pod, so that it need not wait for its own Lease to run out
 */
public record Replica(String namespace, String identity) {}
