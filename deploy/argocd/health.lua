-- Health of a ReleasePolicy or an ExportableKey for Argo CD.
local health = {status = "Progressing", message = "The operator has not looked at this generation yet."}
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return health
end
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local function tell(word, condition)
  health.status = word
  health.message = condition.reason .. ": " .. condition.message
  return health
end
local stalled = conditions["Stalled"]
if stalled ~= nil and stalled.status == "True" then
  return tell("Degraded", stalled)
end
local reconciling = conditions["Reconciling"]
if reconciling ~= nil and reconciling.status == "True" then
  return tell("Progressing", reconciling)
end
local ready = conditions["Ready"]
if ready == nil or ready.observedGeneration ~= obj.metadata.generation then
  return health
end
-- The spec says so itself; nothing is wrong.
if ready.status == "True" and ready.reason == "DisabledBySpec" then
  return tell("Suspended", ready)
end
if ready.status == "True" then
  return tell("Healthy", ready)
end
if ready.status == "False" then
  return tell("Degraded", ready)
end
return tell("Progressing", ready)
