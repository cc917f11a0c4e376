package dev.keygate.emulator.maa.guest;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.verify.CvmEvidence;

/**
 * What a guest sent, parsed and not believed.
 *
 * @param guest what it says of its operating system
 * @param cvm hardware report, runtime claims, attestation key, quote, PCR values
 * @param endorsement VCEK, ASK, ARK as sent
 * @param attestationKeyCertificate DER
 * @param ephemeralKey the public area of the key that the token will be sealed to
 * @param ephemeralKeyCertification the attestation key's statement about that key
 * @param eventLog the boot event log; empty where the guest had none
 */
record GuestEvidence(
    GuestDescription guest,
    CvmEvidence cvm,
    EndorsementChain endorsement,
    Bytes attestationKeyCertificate,
    TpmPublic ephemeralKey,
    SignedAttest ephemeralKeyCertification,
    Bytes eventLog) {}
