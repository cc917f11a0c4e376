package dev.keygate.contract;

/** What a version of a key is for; the names are those of the file. */
public enum VersionState {
  /** The one to use for new work. */
  Current,
  /** An earlier one that is still served until the overlap ends. */
  Overlap
}
