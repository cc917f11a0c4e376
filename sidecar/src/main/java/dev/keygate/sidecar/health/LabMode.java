package dev.keygate.sidecar.health;

/** Whether evidence of a lab is believed. */
public enum LabMode {
  /** Evidence of hardware alone is believed. */
  OFF,
  /** The settings name the roots of a lab: a key that is released proves nothing about hardware. */
  ON
}
