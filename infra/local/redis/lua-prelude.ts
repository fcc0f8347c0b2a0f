/**
 * Runs once in a fresh VM: what Lua 5.1 had and 5.3 dropped, and the locks that keep one script from changing the world
 * of the next, since all scripts share one VM.
 */
export const luaPrelude = `
unpack = table.unpack
math.pow = function(base, exponent) return base ^ exponent end
table.getn = function(list) return #list end

local compile = load
load = function(chunk, name, mode, env)
  return compile(chunk, name, 't', env or _G)
end
loadstring = function(text, name) return compile(text, name, 't', _G) end
dofile, loadfile, print, collectgarbage = nil, nil, nil, nil

local format = string.format
string.format = function(template, ...)
  -- %d of 5.3 refuses what does not fit into fengari's 32 bits
  template = string.gsub(template, '%%([^%a%%]*)([%a%%])', function(flags, kind)
    if kind == 'd' or kind == 'i' then return '%' .. flags .. '.0f' end
  end)
  return format(template, ...)
end

local repeated, longest = string.rep, 4 * 1024 * 1024
string.rep = function(text, count, separator)
  if (#text + #(separator or '')) * count > longest then error('resulting string too large', 2) end
  return repeated(text, count, separator)
end

local locked = {}
local function refuse() error('Attempt to modify a readonly table', 2) end

local function lock(library)
  local shown = setmetatable({}, { __index = library, __newindex = refuse, __metatable = false })
  locked[shown] = true
  return shown
end

getmetatable('').__index = lock(string)
getmetatable('').__metatable = false
for _, name in ipairs({ 'string', 'table', 'math', 'redis', 'cjson' }) do
  _G[name] = lock(_G[name])
end

local assign, replace = rawset, setmetatable
rawset = function(target, key, value)
  if locked[target] then refuse() end
  return assign(target, key, value)
end
setmetatable = function(target, meta)
  if locked[target] then refuse() end
  return replace(target, meta)
end

locked[_G] = true
replace(_G, {
  __index = function(_, name)
    error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
  end,
  __newindex = function(_, name)
    error("Script attempted to create global variable '" .. tostring(name) .. "'", 2)
  end,
  __metatable = false,
})
`
