package dev.keygate.operator.injection.admission;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Optional;

/** Finds the objects that a pod refers to. Implementations are safe for use by several threads. */
public interface ObjectLookup {

  /** An ExportableKey. */
  Optional<ExportableKey> key(String namespace, String name) throws LookupFailedException;

  /** A ReleasePolicy. */
  Optional<ReleasePolicy> policy(String namespace, String name) throws LookupFailedException;

  /** A ServiceAccount. */
  Optional<ServiceAccount> account(String namespace, String name) throws LookupFailedException;
}
