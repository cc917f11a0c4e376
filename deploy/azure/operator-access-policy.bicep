// The same for a vault that uses access policies instead of RBAC: the permissions of both roles by their names there.
//
//   az deployment group create --resource-group GROUP --template-file operator-access-policy.bicep \
//       --parameters vaultName=VAULT operatorPrincipalId=OBJECT-ID

@description('Name of the vault, in this resource group.')
param vaultName string

@description('Object id of the operator\'s managed identity or service principal; not its client id.')
param operatorPrincipalId string

@description('Whether the operator may soft-delete keys, which ExportableKeys with deletion: SoftDelete need.')
param mayDelete bool = false

var operation = [
  'get'
  'list'
  'create'
  'update'
  'recover'
]

resource vault 'Microsoft.KeyVault/vaults@2022-07-01' existing = {
  name: vaultName
}

resource access 'Microsoft.KeyVault/vaults/accessPolicies@2022-07-01' = {
  parent: vault
  name: 'add'
  properties: {
    accessPolicies: [
      {
        objectId: operatorPrincipalId
        tenantId: subscription().tenantId
        permissions: {
          keys: mayDelete ? concat(operation, ['delete']) : operation
        }
      }
    ]
  }
}
