package dev.keygate.sidecar;

import dev.keygate.failure.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The cells of {@code faults.csv}, and the page that is made of them. */
record FaultMatrix(List<FaultCell> cells) {

  FaultMatrix {
    cells = List.copyOf(cells);
  }

  /** Lines of call, fault, answer and reason; a reason of - for none. */
  static FaultMatrix read() throws IOException {
    List<FaultCell> cells = new ArrayList<>();
    try (var in = FaultMatrix.class.getResourceAsStream("/faults.csv")) {
      if (in == null) {
        throw new IOException("faults.csv is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        String[] parts = line.strip().split(",", -1);
        cells.add(
            new FaultCell(
                FaultCall.valueOf(parts[0]),
                FaultKind.valueOf(parts[1]),
                FaultCell.Answer.valueOf(parts[2]),
                parts[3].equals("-") ? Optional.empty() : Optional.of(Reason.valueOf(parts[3]))));
      }
    }
    return new FaultMatrix(cells);
  }

  /** The page, with a table for each call. */
  String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Faults

        What a sidecar makes of a fault of each service that a release needs. Generated from the table that a test runs against the lab,
        cell by cell, with the real clients over real connections: do not edit.

        * **retry**: tried again with growing, jittered pauses, at least as long as the service asks for; then by further releases, without
          end. The test also strikes one call only: then the key comes.
        * **fail over**: another source or authority is asked, and the key comes.
        * **refuse**: no key until somebody changes something; looked at again rarely, or when the grant changes.
        * **degrade**: the key comes without what failed.

        The reason is what the log and the metric `keygate_releases_total` say, which the test compares; the problem's `code` and the
        [runbook](../runbook.md) have the same word. That another service is asked is tried by taking that one away as well.

        ## In real processes

        `ProcessLossIT` does this to the shipped sidecar and the lab as processes, at each of these calls of a release: collateral,
        attestation, the authority's keys, release, the access token, release with that token.

        | what is lost | the sidecar | the app |
        |---|---|---|
        | the sidecar, by SIGKILL during the call | comes back with the key, whole files and the same caller token | its token works on |
        | the lab with everything in it, by SIGKILL during the call | lives on, says that service's reason or, once the next try finds no vTPM, TpmUnavailable; the key comes when the lab is back | 503 with that reason |
        | one host, every connection to which is reset | says that host's reason alone; the key comes when it is back | 503 with that reason |
        | the lab, once the key is served | stays ready | has its key |
        | after that the sidecar too | ends with status 5 as often as it is started, until the lab is back | nobody answers at the API; files stay, and stay right |
        """);
    for (FaultCall call : FaultCall.values()) {
      page.append("\n## ").append(heading(call)).append("\n\n");
      page.append("| the service | the sidecar | reason |\n|---|---|---|\n");
      cells.stream().filter(cell -> cell.call() == call).forEach(cell -> page.append(row(cell)));
    }
    return page.toString();
  }

  private static String heading(FaultCall call) {
    return call.title().substring(0, 1).toUpperCase(Locale.ROOT) + call.title().substring(1);
  }

  private static String row(FaultCell cell) {
    String reason =
        cell.reason()
            .map(r -> "[" + r + "](../runbook.md#" + r.name().toLowerCase(Locale.ROOT) + ")")
            .orElse("");
    return "| " + cell.fault().title() + " | " + cell.answer().text() + " | " + reason + " |\n";
  }

  /** Every combination that can happen, in order. */
  static List<String> combinations() {
    return Arrays.stream(FaultCall.values())
        .flatMap(
            call ->
                Arrays.stream(FaultKind.values())
                    .filter(fault -> fault.canHappenTo(call))
                    .map(fault -> call + " " + fault))
        .toList();
  }
}
