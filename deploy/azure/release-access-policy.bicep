// Lets the identity of confidential VMs, or of an app's pods, release keys of a vault that uses access policies, and nothing else.
// With RBAC, assign the built-in role Key Vault Crypto Service Release User instead, on single keys if you can.

@description('Name of the vault, in this resource group.')
param vaultName string

@description('Object id of the identity that may ask for a release. Whether it gets one, the key\'s release policy decides.')
param consumerPrincipalId string

resource vault 'Microsoft.KeyVault/vaults@2022-07-01' existing = {
  name: vaultName
}

resource access 'Microsoft.KeyVault/vaults/accessPolicies@2022-07-01' = {
  parent: vault
  name: 'add'
  properties: {
    accessPolicies: [
      {
        objectId: consumerPrincipalId
        tenantId: subscription().tenantId
        permissions: {
          keys: [
            'release'
          ]
        }
      }
    ]
  }
}
