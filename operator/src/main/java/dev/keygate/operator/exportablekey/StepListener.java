package dev.keygate.operator.exportablekey;

/** Is told of every step that changed the vault, after the vault has confirmed it. */
@FunctionalInterface
interface StepListener {

  void taken(KeyDecision.Step step);
}
