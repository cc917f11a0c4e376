package dev.keygate.operator.cache;

/**
 * How watches list what there is when they begin, and when they were cut off for too long. All at
 * once would be an answer as large as the cache itself, in memory beside it.
 */
public final class ListPages {

  /** Objects in one answer, as kubectl has it. */
  public static final long SIZE = 500;

  private ListPages() {}
}
