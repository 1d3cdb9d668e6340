-- Queens on a board, by immutable lists and closures; then a little string work.
local function push(list, value) return { value = value, rest = list } end

local function safe(list, column)
  local distance = 1
  while list do
    local difference = list.value - column
    if difference == 0 or difference == distance or difference == -distance then return false end
    list, distance = list.rest, distance + 1
  end
  return true
end

local function solve(size)
  local solutions = {}
  local function place(list, rows)
    if rows == 0 then
      solutions[#solutions + 1] = list
      return
    end
    for column = 1, size do
      if safe(list, column) then place(push(list, column), rows - 1) end
    end
  end
  place(nil, size)
  return solutions
end

local lines = {}
for size = 4, 8 do
  for _, list in ipairs(solve(size)) do
    local columns = {}
    while list do
      columns[#columns + 1] = string.format("%d", list.value)
      list = list.rest
    end
    lines[#lines + 1] = size .. ": " .. table.concat(columns, " ")
  end
end
table.sort(lines, function(a, b) return a:reverse() < b:reverse() end)
print(#lines, lines[1])
