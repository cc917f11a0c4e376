// An exportable key made without Keygate, as the documents of Azure make one; an ExportableKey with adoption: IfExportable takes it
// over. What Keygate makes itself needs none of this.

@description('Name of a Premium vault, in this resource group.')
param vaultName string

@description('Name of the key.')
param keyName string

@description('Only keys in an HSM can be released.')
@allowed([
  'RSA-HSM'
  'EC-HSM'
])
param keyType string = 'RSA-HSM'

@description('Bits of an RSA key.')
@allowed([
  2048
  3072
  4096
])
param keySizeBits int = 3072

@description('Curve of an elliptic one.')
@allowed([
  'P-256'
  'P-256K'
  'P-384'
  'P-521'
])
param curve string = 'P-256'

var isRsa = keyType == 'RSA-HSM'

resource vault 'Microsoft.KeyVault/vaults@2022-07-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/keys@2022-07-01' = {
  parent: vault
  name: keyName
  properties: {
    kty: keyType
    keySize: isRsa ? keySizeBits : null
    curveName: isRsa ? null : curve
    // An elliptic key cannot encrypt.
    keyOps: isRsa ? ['encrypt', 'decrypt'] : ['sign', 'verify']
    attributes: {
      enabled: true
      exportable: true
    }
    release_policy: {
      contentType: 'application/json; charset=utf-8'
      data: loadFileAsBase64('cvm-release-policy.json')
    }
  }
}

output keyIdentifier string = key.properties.keyUri
