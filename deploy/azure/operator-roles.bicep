// What the operator's identity may do in one vault: two roles with the data actions of operator-role.json and
// operator-deletion-role.json, and their assignment. A vault that uses RBAC; one that uses access policies ignores roles.
//
//   az deployment group create --resource-group GROUP --template-file operator-roles.bicep \
//       --parameters vaultName=VAULT operatorPrincipalId=OBJECT-ID

targetScope = 'resourceGroup'

@description('Name of the vault, in this resource group.')
param vaultName string

@description('Object id of the operator\'s managed identity or service principal; not its client id.')
param operatorPrincipalId string

@description('Whether the operator may soft-delete keys, which ExportableKeys with deletion: SoftDelete need.')
param mayDelete bool = false

var operation = loadJsonContent('operator-role.json')
var deletion = loadJsonContent('operator-deletion-role.json')

resource vault 'Microsoft.KeyVault/vaults@2022-07-01' existing = {
  name: vaultName
}

resource operationRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, operation.Name)
  properties: {
    // Names of roles are unique in a tenant.
    roleName: '${operation.Name} (${resourceGroup().name})'
    description: operation.Description
    type: 'CustomRole'
    permissions: [
      {
        actions: operation.Actions
        notActions: operation.NotActions
        dataActions: operation.DataActions
        notDataActions: operation.NotDataActions
      }
    ]
    assignableScopes: [
      resourceGroup().id
    ]
  }
}

resource deletionRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (mayDelete) {
  name: guid(resourceGroup().id, deletion.Name)
  properties: {
    roleName: '${deletion.Name} (${resourceGroup().name})'
    description: deletion.Description
    type: 'CustomRole'
    permissions: [
      {
        actions: deletion.Actions
        notActions: deletion.NotActions
        dataActions: deletion.DataActions
        notDataActions: deletion.NotDataActions
      }
    ]
    assignableScopes: [
      resourceGroup().id
    ]
  }
}

resource operationAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, operatorPrincipalId, operation.Name)
  scope: vault
  properties: {
    principalId: operatorPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: operationRole.id
  }
}

resource deletionAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (mayDelete) {
  name: guid(vault.id, operatorPrincipalId, deletion.Name)
  scope: vault
  properties: {
    principalId: operatorPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: deletionRole.id
  }
}
