package dev.keygate.images.rootfs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs in an image's file system, and as what.
 *
 * @param command the program and its arguments, by their paths in the image
 * @param environment all of it; names may have dots
 * @param shared folders of this machine, which it has at the same path
 * @param access to its root
 * @param user {@code uid:gid}
 */
public record Confined(
    List<String> command,
    Map<String, String> environment,
    List<Path> shared,
    Access access,
    String user) {

  /** Root, in its own eyes at least. */
  public static final String ROOT_USER = "0:0";

  /** Whether the root file system can be changed. */
  public enum Access {
    READ_ONLY,
    WRITABLE
  }

  public Confined {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    shared = shared.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /** A program as root, with a root file system that it may not change. */
  public static Confined of(List<String> command) {
    return new Confined(command, Map.of(), List.of(), Access.READ_ONLY, ROOT_USER);
  }

  /** The same with more variables. */
  public Confined with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(more);
    return new Confined(command, all, shared, access, user);
  }

  /** The same with these folders of the machine. */
  public Confined sharing(Path... folders) {
    return new Confined(command, environment, List.of(folders), access, user);
  }

  /** The same as another user. */
  public Confined as(String uidAndGid) {
    return new Confined(command, environment, shared, access, uidAndGid);
  }

  /** The same with a root file system that it may change. */
  public Confined writable() {
    return new Confined(command, environment, shared, Access.WRITABLE, user);
  }
}
