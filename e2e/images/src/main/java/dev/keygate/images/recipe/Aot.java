package dev.keygate.images.recipe;

/** Whether an image has an AOT cache. */
public enum Aot {
  /** Its last layer is one, made in its own file system by its own JVM. */
  TRAINED,
  /** It has none and starts more slowly. */
  NONE
}
