package dev.keygate.sidecar.attest;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.sidecar.device.VtpmTransferKey;

/**
 * Everything that was read from the device for one attestation.
 *
 * @param evidence what is verified
 * @param akCertificate DER of the attestation key's certificate, or empty if there is none
 * @param transferKey made for this attestation and certified by the attestation key
 */
record GuestEvidence(CvmEvidence evidence, Bytes akCertificate, VtpmTransferKey transferKey) {}
