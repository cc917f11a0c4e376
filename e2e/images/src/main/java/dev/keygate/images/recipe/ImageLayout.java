package dev.keygate.images.recipe;

import java.util.List;

/**
 * Where things are in an image. The AOT cache holds the class path and each jar's size and time of
 * change: whoever moves a file here trains anew.
 */
public final class ImageLayout {

  /** The jlinked runtime. */
  public static final String JAVA_HOME = "/opt/java";

  /** The launcher, the only program in an image. */
  public static final String JAVA = JAVA_HOME + "/bin/java";

  /** Everything of the application. */
  public static final String APP = "/app";

  /** A manifest that names the main class and all jars. */
  public static final String RUN_JAR = APP + "/quarkus-run.jar";

  /** The AOT cache, alone in the last layer. */
  public static final String AOT_CACHE = APP + "/app.aot";

  /** What the image is made of, as CycloneDX JSON. */
  public static final String SBOM = APP + "/sbom.cdx.json";

  /** What a container runtime mounts over; made by it where absent. */
  public static final List<String> MOUNT_POINTS = List.of("/proc", "/dev", "/sys");

  /** User and group of the process where the pod names none. */
  public static final String USER = "65532:65532";

  private ImageLayout() {}
}
