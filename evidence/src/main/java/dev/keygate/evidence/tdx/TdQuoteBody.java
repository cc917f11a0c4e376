package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;
import java.util.Optional;

/** What a quote says of a TD and of the TDX module that runs it. Instances are immutable. */
public final class TdQuoteBody {

  private final TdxBody layout;
  private final Bytes raw;
  private final TdAttributes attributes;
  private final Xfam xfam;

  private TdQuoteBody(TdxBody layout, Bytes raw, TdAttributes attributes, Xfam xfam) {
    this.layout = layout;
    this.raw = raw;
    this.attributes = attributes;
    this.xfam = xfam;
  }

  /** Reads a body of exactly the layout's size; failures count from {@code offsetBytes}. */
  static TdQuoteBody read(TdxBody layout, Bytes raw, int offsetBytes)
      throws EvidenceFormatException {
    TdQuoteField attributes = TdQuoteField.TDATTRIBUTES;
    TdQuoteField xfam = TdQuoteField.XFAM;
    int attributesOffset = offsetBytes + attributes.offsetBytes();
    int xfamOffset = offsetBytes + xfam.offsetBytes();
    return new TdQuoteBody(
        layout,
        raw,
        TdAttributes.read(TdQuote.FORMAT, attributesOffset, attributes.of(raw)),
        Xfam.read(TdQuote.FORMAT, xfamOffset, xfam.of(raw)));
  }

  /** Which fields there are. */
  public TdxBody layout() {
    return layout;
  }

  /** The octets of the body, 584 or 648. */
  public Bytes raw() {
    return raw;
  }

  /** The octets of a field; empty if this layout has no such field. */
  public Optional<Bytes> field(TdQuoteField field) {
    return field.offsetBytes() < raw.size() ? Optional.of(field.of(raw)) : Optional.empty();
  }

  /** TEE_TCB_SVN: the TCB at the time the TD was started. */
  public TeeTcbSvn teeTcbSvn() {
    return new TeeTcbSvn(TdQuoteField.TEE_TCB_SVN.of(raw));
  }

  /** MRSEAM, the SHA-384 measurement of the TDX module. */
  public Bytes moduleMeasurement() {
    return TdQuoteField.MRSEAM.of(raw);
  }

  /** MRSIGNERSEAM, the measurement of the module's signer; zero if that is Intel. */
  public Bytes moduleSigner() {
    return TdQuoteField.MRSIGNERSEAM.of(raw);
  }

  /** SEAMATTRIBUTES of the module, an unsigned number. */
  public long moduleAttributes() {
    return LittleEndian.number(TdQuoteField.SEAMATTRIBUTES.of(raw));
  }

  /** The attributes of the TD. */
  public TdAttributes attributes() {
    return attributes;
  }

  /** The extended features that the TD may use. */
  public Xfam xfam() {
    return xfam;
  }

  /** MRTD, the SHA-384 measurement of the TD at launch. */
  public Bytes launchMeasurement() {
    return TdQuoteField.MRTD.of(raw);
  }

  /** MRCONFIGID, 48 octets that the host gave at launch, such as the digest of a configuration. */
  public Bytes mrConfigId() {
    return TdQuoteField.MRCONFIGID.of(raw);
  }

  /** MROWNER, 48 octets that the host gave at launch to name the TD's owner. */
  public Bytes mrOwner() {
    return TdQuoteField.MROWNER.of(raw);
  }

  /** MROWNERCONFIG, 48 octets that the host gave at launch on behalf of the owner. */
  public Bytes mrOwnerConfig() {
    return TdQuoteField.MROWNERCONFIG.of(raw);
  }

  /**
   * RTMR0 to RTMR3, 48 octets each, which the TD extends while it runs. Zero under Azure's
   * paravisor, which measures into a vTPM instead.
   */
  public List<Bytes> rtmrs() {
    return List.of(
        TdQuoteField.RTMR0.of(raw),
        TdQuoteField.RTMR1.of(raw),
        TdQuoteField.RTMR2.of(raw),
        TdQuoteField.RTMR3.of(raw));
  }

  /** REPORTDATA, 64 octets that the requester of the quote chose. */
  public Bytes reportData() {
    return TdQuoteField.REPORTDATA.of(raw);
  }

  /** TEE_TCB_SVN2: the TCB of the module that runs now; absent from a TDX 1.0 body. */
  public Optional<TeeTcbSvn> currentTeeTcbSvn() {
    return field(TdQuoteField.TEE_TCB_SVN2).map(TeeTcbSvn::new);
  }

  /** MRSERVICETD: which service TDs are bound; absent from a TDX 1.0 body. */
  public Optional<Bytes> mrServiceTd() {
    return field(TdQuoteField.MRSERVICETD);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TdQuoteBody that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /** The layout and the launch measurement, not the content. */
  @Override
  public String toString() {
    return layout + " of MRTD " + launchMeasurement().hex();
  }
}
