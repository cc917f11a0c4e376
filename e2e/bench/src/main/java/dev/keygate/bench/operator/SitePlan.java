package dev.keygate.bench.operator;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.scenarios.shipped.Artefacts;
import java.nio.file.Path;

/**
 * What a site is made of.
 *
 * @param artefacts that are started
 * @param children that they become
 * @param folder of its own
 */
record SitePlan(Artefacts artefacts, ChildProcesses children, Path folder) {}
