-- One operation asked again and again, for load.py:
--   wrk -s load.lua URL -- METHOD PATH BODY FIRST_NUMBER TOKEN [ID ...]
-- "{id}" in PATH is each ID in turn; "{n}" in BODY a number that no other request has.
local method, path, body, number
local made, at = {}, 0

function init(args)
  method, path, body, number = args[1], args[2], args[3], tonumber(args[4])
  wrk.headers["Authorization"] = args[5]
  if body ~= "" then wrk.headers["Content-Type"] = "application/json" end
  local before, after = path:match("^(.*){id}(.*)$")
  if before then
    for index = 6, #args do made[#made + 1] = wrk.format(method, before .. args[index] .. after) end
  elseif not body:find("{n}", 1, true) then
    made[1] = wrk.format(method, path, nil, body ~= "" and body or nil)
  end
end

function request()
  if #made > 0 then
    at = at % #made + 1
    return made[at]
  end
  number = number + 1
  return wrk.format(method, path, nil, (body:gsub("{n}", string.format("%d", number))))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nLOAD {"requests": %d, "seconds": %.6f, "p50_ms": %.4f, "p99_ms": %.4f, ' ..
    '"refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
