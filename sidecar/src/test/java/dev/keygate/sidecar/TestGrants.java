package dev.keygate.sidecar;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.ReleasePolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** A folder of grants as the kubelet mounts it, and who writes them. */
record TestGrants(Path folder) {

  /** Replaces the grant of a key by one rename. */
  void write(String name, Grant grant) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    Path draft = Files.writeString(directory.resolve(".draft"), GrantJson.write(grant));
    Files.move(draft, directory.resolve(GrantConfigMap.FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A grant of the lab's key session. */
  static Grant session(ReleasePolicyDocument policy, GrantedVersion... versions) throws Exception {
    return of(TestLab.VAULT + "/keys/session", policy, versions);
  }

  static Grant of(String key, ReleasePolicyDocument policy, GrantedVersion... versions)
      throws Exception {
    return new Grant(KeyIdentifier.parse(key), List.of(versions), policy, Duration.ofMinutes(5));
  }

  static GrantedVersion current(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Current);
  }

  static GrantedVersion overlap(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Overlap);
  }
}
