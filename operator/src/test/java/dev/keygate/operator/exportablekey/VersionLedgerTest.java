package dev.keygate.operator.exportablekey;

import static dev.keygate.operator.exportablekey.VersionNotation.current;
import static dev.keygate.operator.exportablekey.VersionNotation.hour;
import static dev.keygate.operator.exportablekey.VersionNotation.id;
import static dev.keygate.operator.exportablekey.VersionNotation.line;
import static dev.keygate.operator.exportablekey.VersionNotation.listed;
import static dev.keygate.operator.exportablekey.VersionNotation.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.contract.Grant;
import dev.keygate.endpoint.KeyVersion;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionLedgerTest {

  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seen for the first time | '' | b | a:0 b:10 | 11 | b:Current:10:-
          seen again | b:Current:10:- | b | a:0 b:10 | 12 | b:Current:10:-
          rotated | a:Current:0:- | b | a:0 b:10 | 11 | b:Current:10:- a:Overlap:0:10
          rotated, a second look | b:Current:10:- a:Overlap:0:10 | b | a:0 b:10 | 33 | b:Current:10:- a:Overlap:0:10
          overlap over to the second | b:Current:10:- a:Overlap:0:10 | b | a:0 b:10 | 34 | b:Current:10:- a:Retired:0:10
          over for long | b:Current:10:- a:Retired:0:10 | b | a:0 b:10 | 99 | b:Current:10:- a:Retired:0:10
          rotated again in the overlap | b:Current:10:- a:Overlap:0:10 | c | a:0 b:10 c:20 | 21 | c:Current:20:- b:Overlap:10:20 a:Overlap:0:10
          each to its own end | c:Current:20:- b:Overlap:10:20 a:Overlap:0:10 | c | a:0 b:10 c:20 | 34 | c:Current:20:- b:Overlap:10:20 a:Retired:0:10
          rotated twice between two looks | a:Current:0:- | c | c:20 a:0 b:10 | 21 | c:Current:20:- b:Overlap:10:20 a:Overlap:0:10
          rotated twice in one second | a:Current:10:- | c | a:10 b:10 c:10 | 11 | c:Current:10:- a:Overlap:10:10 b:Overlap:10:10
          skipped version is disabled | a:Current:0:- | c | a:0 b:10:off c:20 | 21 | c:Current:20:- b:Retired:10:20 a:Overlap:0:10
          versions of before the take-over | a:Current:5:- | b | d:1 e:4 a:5 b:10 | 11 | b:Current:10:- a:Overlap:5:10
          the vault does not say when the new one was made | a:Current:0:- | b | a:0 b:- | 11 | b:Current:-:- a:Overlap:0:11
          the vault says it of neither | a:Current:-:- | b | a:- b:- c:- | 11 | b:Current:-:- a:Overlap:-:11
          the vault's clock is ahead | a:Current:0:- | b | a:0 b:15 | 11 | b:Current:15:- a:Overlap:0:11
          our clock went back | b:Current:10:- a:Overlap:0:10 | b | a:0 b:10 | 5 | b:Current:10:- a:Overlap:0:10
          earlier one disabled in the vault | a:Current:0:- | b | a:0:off b:10 | 11 | b:Current:10:- a:Retired:0:10
          disabled during the overlap | b:Current:10:- a:Overlap:0:10 | b | a:0:off b:10 | 12 | b:Current:10:- a:Retired:0:10
          enabled again in time | b:Current:10:- a:Retired:0:10 | b | a:0 b:10 | 13 | b:Current:10:- a:Overlap:0:10
          earlier one gone: another key of that name | a:Current:0:- | c | b:5 c:10 | 11 | c:Current:10:- a:Retired:0:10
          the key is disabled | b:Current:10:- a:Overlap:0:10 | b | a:0 b:10:off | 12 | b:Current:10:- a:Retired:0:10
          rotated and disabled | a:Current:0:- | b | a:0 b:10:off | 12 | b:Current:10:- a:Retired:0:10
          the earlier one is current again | b:Current:10:- a:Overlap:0:10 | a | a:0 b:10 | 12 | a:Current:0:- b:Overlap:10:12
          a retired one is current again | b:Current:10:- a:Retired:0:10 | a | a:0 b:10 | 90 | a:Current:0:- b:Overlap:10:90
          and back once more | a:Current:0:- b:Overlap:10:12 | b | a:0 b:10 | 13 | b:Current:10:- a:Overlap:0:13
          a status without the time | b:Current:10:- a:Overlap:0:- | b | a:0 b:10 | 11 | b:Current:10:- a:Retired:0:-
          """)
  void keepsVersions(
      String situation, String before, String current, String vault, int now, String after) {
    VaultKey key = current(current, vault);
    VersionLedger ledger = ledger(before, DAY, now);

    KeyVersions versions = look(ledger, key, vault);

    assertThat(line(versions.all())).as(situation).isEqualTo(after);
    assertThat(line(look(ledger(after, DAY, now), key, vault).all()))
        .as("a crash before the status is written, or a second look, changes nothing")
        .isEqualTo(after);
  }

  private static KeyVersions look(VersionLedger ledger, VaultKey key, String vault) {
    return ledger.next(key, ledger.asksForList(key) ? listed(vault) : List.of());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          never looked before | '' | a:0 b:10 | 11 | false
          nothing has changed | b:Current:10:- | a:0 b:10 | 11 | false
          rotated | a:Current:0:- | a:0 b:10 | 11 | true
          rotated long ago | a:Current:0:- | a:0 b:10 | 99 | true
          overlap runs | b:Current:10:- a:Overlap:0:10 | a:0 b:10 | 33 | true
          disabled while the overlap runs | b:Current:10:- a:Retired:0:10 | a:0 b:10 | 33 | true
          overlap is over | b:Current:10:- a:Overlap:0:10 | a:0 b:10 | 34 | false
          one of two is over | b:Current:10:- d:Overlap:0:15 a:Retired:0:5 | a:0 b:10 | 34 | true
          a status without the time | b:Current:10:- a:Retired:0:- | a:0 b:10 | 11 | false
          rotated and disabled | a:Current:0:- | a:0 b:10:off | 11 | false
          """)
  void asksForTheListOnlyWhenItMatters(
      String situation, String before, String vault, int now, boolean asks) {
    assertThat(ledger(before, DAY, now).asksForList(current("b", vault)))
        .as(situation)
        .isEqualTo(asks);
  }

  @ParameterizedTest(name = "{0} h later with an overlap of {1}")
  @CsvSource({
    "1, PT24H, PT23H",
    "23, PT24H, PT1H",
    "24, PT24H, PT10M",
    "1000, PT24H, PT10M",
    "1000, PT5M, PT5M",
    "0, PT5M, PT5M",
    "1000, PT1S, PT1S"
  })
  void leavesTimeToFetchWhenARotationIsNoticedLate(int later, Duration overlap, Duration left) {
    VersionLedger ledger = ledger("a:Current:0:-", overlap, later);

    KeyVersions versions = ledger.next(current("b", "b:0"), listed("a:0 b:0"));

    assertThat(versions.nextChange()).contains(hour(later).plus(left));
    assertThat(versions.granted()).hasSize(2);
  }

  @Test
  void servesAgainWhatALongerOverlapCovers() {
    String retired = "b:Current:10:- a:Retired:0:10";

    KeyVersions versions =
        look(ledger(retired, Duration.ofDays(2), 40), current("b", "b:10"), "a:0 b:10");

    assertThat(line(versions.all())).isEqualTo("b:Current:10:- a:Overlap:0:10");
    assertThat(versions.nextChange()).contains(hour(58));
  }

  @Test
  void looksAgainAtTheEarliestEndAndNotWithoutOverlap() {
    assertThat(
            look(
                    ledger("c:Current:20:- b:Overlap:10:20 a:Overlap:0:10", DAY, 21),
                    current("c", "c:20"),
                    "a:0 b:10 c:20")
                .nextChange())
        .contains(hour(34));
    assertThat(look(ledger("a:Current:0:-", DAY, 11), current("b", "b:10"), "a:0:off b:10"))
        .extracting(KeyVersions::nextChange)
        .isEqualTo(Optional.empty());
  }

  @Test
  void dropsTheOldestWhereAGrantHasNoRoom() {
    String sixteen = "0123456789abcdef";

    KeyVersions versions =
        ledger(manyOverlaps(sixteen), DAY, 20).next(seventeenth(), listed(vaultOf(sixteen)));

    assertThat(versions.granted()).hasSize(Grant.MAX_VERSIONS);
    assertThat(versions.all().getLast().state()).isEqualTo(KeyVersionState.Retired);
    assertThat(versions.cutShort()).containsExactly(id("0"));
  }

  @Test
  void saysOnlyOnceThatAVersionGaveWay() {
    String sixteen = "0123456789abcdef";
    KeyVersions first =
        ledger(manyOverlaps(sixteen), DAY, 20).next(seventeenth(), listed(vaultOf(sixteen)));

    KeyVersions second =
        new VersionLedger(first.all(), DAY, hour(21)).next(seventeenth(), listed(vaultOf(sixteen)));

    assertThat(first.cutShort()).isNotEmpty();
    assertThat(second.cutShort()).isEmpty();
  }

  @Test
  void remembersABoundedNumber() {
    List<KeyVersionStatus> before = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      before.add(
          new KeyVersionStatus(
              "%032x".formatted(i), KeyVersionState.Retired, null, hour(i).atZone(ZoneOffset.UTC)));
    }

    KeyVersions versions =
        new VersionLedger(before, DAY, hour(999)).next(current("b", "b:10"), List.of());

    assertThat(versions.all()).hasSize(VersionLedger.MAX_REMEMBERED);
    assertThat(versions.all().get(1).version()).isEqualTo("%032x".formatted(59));
  }

  @Test
  void keepsNoFractionsOfSeconds() {
    VersionLedger ledger =
        new VersionLedger(statuses("a:Current:0:-"), DAY, hour(11).plusNanos(999_999_999));

    assertThat(line(ledger.next(current("b", "b:-"), listed("a:0 b:-")).all()))
        .isEqualTo("b:Current:-:- a:Overlap:0:11");
    assertThat(ledger.now()).isEqualTo(hour(11));
  }

  private static VersionLedger ledger(String before, Duration overlap, int now) {
    return new VersionLedger(statuses(before), overlap, hour(now));
  }

  private static VaultKey seventeenth() {
    VaultKey like = current("a", "a:20");
    KeyVersion version = new KeyVersion("01".repeat(16));
    return new VaultKey(
        VaultKeys.BASE.at(version), like.shape(), like.properties(), like.recorded());
  }

  /** The last letter is current, each one made and superseded an hour after the one before. */
  private static String manyOverlaps(String letters) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < letters.length() - 1; i++) {
      line.insert(0, letters.charAt(i) + ":Overlap:" + i + ":" + (i + 1) + " ");
    }
    int last = letters.length() - 1;
    return letters.charAt(last) + ":Current:" + last + ":- " + line.toString().strip();
  }

  private static String vaultOf(String letters) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      line.append(letters.charAt(i)).append(":").append(i).append(" ");
    }
    return line.toString();
  }
}
