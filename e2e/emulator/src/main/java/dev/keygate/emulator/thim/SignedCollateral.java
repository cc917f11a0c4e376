package dev.keygate.emulator.thim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** TCB information and enclave identities in the vendor's shape, signed. */
final class SignedCollateral {

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final String QE_SIGNER =
      "8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff";
  private static final String TD_QE_SIGNER =
      "dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5";

  private final IntelPlatform platform;
  private final Supplier<CollateralDates> dates;

  SignedCollateral(IntelPlatform platform, Supplier<CollateralDates> dates) {
    this.platform = platform;
    this.dates = dates;
  }

  /**
   * TCB information.
   *
   * @param tee {@code SGX} or {@code TDX}
   */
  String tcbInfo(String tee, ApiGeneration generation) {
    ObjectNode info = Json.object();
    if (generation == ApiGeneration.V4) {
      info.put("id", tee).put("version", 3);
    } else {
      info.put("version", 2);
    }
    putDates(info);
    info.put("fmspc", platform.fmspc()).put("pceId", "0000").put("tcbType", 0);
    info.put("tcbEvaluationDataNumber", 17);
    ObjectNode level = info.putArray("tcbLevels").addObject();
    putTcb(level.putObject("tcb"), tee, generation);
    level.put("tcbDate", "2025-01-01T00:00:00Z").put("tcbStatus", "UpToDate");
    return signed("tcbInfo", info);
  }

  private void putTcb(ObjectNode tcb, String tee, ApiGeneration generation) {
    List<Integer> components = platform.tcb().components();
    if (generation == ApiGeneration.V4) {
      putComponents(tcb.putArray("sgxtcbcomponents"), components);
      if (tee.equals("TDX")) {
        putComponents(tcb.putArray("tdxtcbcomponents"), List.of(7, 1, 3));
      }
    } else {
      for (int i = 0; i < components.size(); i++) {
        tcb.put(String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", i + 1), components.get(i));
      }
    }
    tcb.put("pcesvn", platform.tcb().pceSvn());
  }

  private static void putComponents(ArrayNode array, List<Integer> levels) {
    for (int i = 0; i < 16; i++) {
      array.addObject().put("svn", i < levels.size() ? levels.get(i) : 0);
    }
  }

  /**
   * The identity of an enclave.
   *
   * @param id {@code QE}, {@code TD_QE} or {@code QVE}
   */
  String identity(String id) {
    ObjectNode identity = Json.object().put("id", id).put("version", 2);
    putDates(identity);
    identity.put("tcbEvaluationDataNumber", 17).put("miscselect", "00000000");
    identity.put("miscselectMask", "FFFFFFFF");
    identity.put("attributes", "11000000000000000000000000000000");
    identity.put("attributesMask", "FBFFFFFFFFFFFFFF0000000000000000");
    identity.put("mrsigner", id.equals("TD_QE") ? TD_QE_SIGNER : QE_SIGNER);
    identity.put("isvprodid", id.equals("QE") ? 1 : 2);
    ObjectNode level = identity.putArray("tcbLevels").addObject();
    level.putObject("tcb").put("isvsvn", 4);
    level.put("tcbDate", "2025-01-01T00:00:00Z").put("tcbStatus", "UpToDate");
    return signed("enclaveIdentity", identity);
  }

  private void putDates(ObjectNode json) {
    Instant now = platform.time().now().truncatedTo(ChronoUnit.SECONDS);
    Instant next = dates.get() == CollateralDates.CURRENT ? now.plus(LIFETIME) : now.minus(A_DAY);
    json.put("issueDate", next.minus(LIFETIME).toString()).put("nextUpdate", next.toString());
  }

  // The signature is over the member's text as it is served, so it must not be written anew.
  private String signed(String member, ObjectNode json) {
    String text = json.toString();
    return "{\"" + member + "\":" + text + ",\"signature\":\"" + platform.sign(text).hex() + "\"}";
  }
}
