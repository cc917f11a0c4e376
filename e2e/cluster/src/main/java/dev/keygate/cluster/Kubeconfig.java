package dev.keygate.cluster;

import dev.keygate.cluster.pki.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes kubeconfig files that hold everything they need, readable by the owner alone. */
final class Kubeconfig {

  private final String server;
  private final Path authority;

  Kubeconfig(String server, Path authority) {
    this.server = server;
    this.authority = authority;
  }

  Path withCertificate(Path file, Credential user) throws IOException {
    return write(
        file,
        "client-certificate-data: "
            + base64(user.certificate())
            + ", client-key-data: "
            + base64(user.key()));
  }

  Path withToken(Path file, ServiceAccountToken token) throws IOException {
    return write(file, "token: " + token.compact());
  }

  private Path write(Path file, String user) throws IOException {
    String text =
        String.join(
            "\n",
            "apiVersion: v1",
            "kind: Config",
            "clusters:",
            "- name: keygate",
            "  cluster: {server: \""
                + server
                + "\", certificate-authority-data: "
                + base64(authority)
                + "}",
            "users:",
            "- name: user",
            "  user: {" + user + "}",
            "contexts:",
            "- name: keygate",
            "  context: {cluster: keygate, user: user}",
            "current-context: keygate",
            "");
    Path unfinished =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".unfinished",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text);
    return Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String base64(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
