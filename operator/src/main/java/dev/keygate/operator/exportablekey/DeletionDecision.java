package dev.keygate.operator.exportablekey;

/** What happens to the key of an object that is being deleted. */
enum DeletionDecision {
  /** It is soft-deleted. */
  DELETE,
  /** It stays, and the object may go. */
  LET_GO
}
