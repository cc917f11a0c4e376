package dev.keygate.evidence.verify;

/**
 * How Intel rates the TCB of a platform (Intel PCS API v4, "Get TDX TCB Info", tcbStatus). Sealed,
 * so that whoever depends on it must say what becomes of every rating.
 */
public sealed interface TcbLevel {

  /**
   * Nobody has looked: neither TCB info nor QE identity were evaluated. Says nothing good of the
   * platform; only {@link TdExpectations#acceptUnknownTcbLevel} lets it pass.
   */
  record NotEvaluated() implements TcbLevel {}
}
