package dev.keygate.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Which attested machines a key is released to. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@Plural("releasepolicies")
@ShortNames("relpol")
@Categories(ApiGroup.CATEGORY)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ApiGroup.READY_PATH,
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ApiGroup.REASON_PATH,
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ApiGroup.AGE_PATH,
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Digest",
    jsonPath = ".status.digest",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Profile",
    jsonPath = ".spec.profile.name",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Warning",
    jsonPath = ".status.warnings[*].code",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
public class ReleasePolicy extends CustomResource<ReleasePolicySpec, ReleasePolicyStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;
}
