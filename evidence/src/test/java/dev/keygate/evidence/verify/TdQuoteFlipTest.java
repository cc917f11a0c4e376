package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdxBody;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A quote of which any byte differs is refused, wherever the byte is. */
class TdQuoteFlipTest {

  private static final TdQuoteVerifier VERIFIER = new TdQuoteVerifier(TestPlatform.INTEL_ROOTS);
  private static final TdExpectations LENIENT =
      TdExpectations.strict()
          .allowDebug()
          .allowProfiling()
          .allowMigration()
          .acceptMissingRevocationLists()
          .acceptUnknownTcbLevel();
  private static final Bytes VERSION_4 =
      TdQuoteBuilder.of(TestPlatform.EMERALD).trailer(70).build();
  private static final Bytes VERSION_5 =
      TdQuoteBuilder.of(TestPlatform.EMERALD).version5(TdxBody.TDX_1_5).build();

  /** The chain of version 4 starts here; that of version 5 later. */
  private static final int CHAIN_OFFSET = 1258;

  private static final String WHITE_SPACE = "\t\n\u000B\f\r ";

  @Property(tries = 1500)
  void refusesVersion4(
      @ForAll @IntRange(max = 9999) int at, @ForAll @IntRange(min = 1, max = 255) int mask)
      throws Exception {
    assertRefused(VERSION_4, at % VERSION_4.size(), mask);
  }

  @Property(tries = 1500)
  void refusesVersion5(
      @ForAll @IntRange(max = 9999) int at, @ForAll @IntRange(min = 1, max = 255) int mask)
      throws Exception {
    assertRefused(VERSION_5, at % VERSION_5.size(), mask);
  }

  /** White space between the lines of the chain is not signed, and may be any white space. */
  private static void assertRefused(Bytes good, int at, int mask) throws Exception {
    byte[] octets = good.toArray();
    octets[at] ^= (byte) mask;
    try {
      TdQuote quote = TdQuote.parse(Bytes.copyOf(octets));
      VERIFIER.verify(quote, Optional.empty(), LENIENT, TestPlatform.NOW);
      TdQuote original = TdQuote.parse(good);
      assertThat(at).isBetween(CHAIN_OFFSET, original.raw().size() - 1);
      assertThat(WHITE_SPACE).contains(Character.toString(octets[at]));
      assertThat(quote.signatureData()).isEqualTo(original.signatureData());
    } catch (EvidenceFormatException malformed) {
      assertThat(malformed.expected()).isNotEmpty();
    } catch (EvidenceVerificationException refused) {
      assertThat(refused.found()).isNotEmpty();
    }
  }
}
