-- What wrk, on one thread, is to ask: the bodies of the file STORM_BODIES, one a line, by lot. Where STORM_RATE is set, so many a second by
-- the clock, whatever comes back, for as long as connections are free. It ends with a line of JSON: answers by status, how many of 503 lack
-- a Retry-After and how many are the service's own, the milliseconds that answers of 200 took by their Server-Timing, and how often there was
-- no answer at all.
local ffi = require("ffi")
ffi.cdef [[
    typedef struct { long seconds; long nanoseconds; } isnad_time;
    int clock_gettime(int clock, isnad_time *now);
]]
local MONOTONIC = 1
local LONGEST_ARREARS = 1000 -- milliseconds; what could not be sent for longer than that is not sent at once
local reading = ffi.new("isnad_time")
local rate = tonumber(os.getenv("STORM_RATE"))
local requests, slot = {}, nil
local thread

-- wrk hands globals, and only globals, from the thread that asks to the one that sums up.
statuses, times, silent, behind = {}, {}, 0, 0

local function milliseconds()
    ffi.C.clock_gettime(MONOTONIC, reading)
    return tonumber(reading.seconds) * 1e3 + tonumber(reading.nanoseconds) / 1e6
end

function setup(only)
    thread = only
end

function init()
    math.randomseed(os.time()) -- or every calm would ask the same few, and find them in the service's caches
    for body in io.lines(os.getenv("STORM_BODIES")) do
        table.insert(requests, wrk.format("POST", "/v1/attributions", {["Content-Type"] = "application/json"}, body))
    end
end

function request()
    return requests[math.random(#requests)]
end

if rate then
    function delay()
        local now = milliseconds()
        slot = math.max((slot or now) + 1e3 / rate, now - LONGEST_ARREARS)
        return math.max(0, math.floor(slot - now))
    end
end

function response(status, headers)
    local name = tostring(status)
    statuses[name] = (statuses[name] or 0) + 1
    if status == 503 then
        silent = silent + (headers["Retry-After"] and 0 or 1)
        behind = behind + (headers["Server-Timing"] and 1 or 0)
    elseif status == 200 then
        table.insert(times, string.match(headers["Server-Timing"], "total;dur=([%d.]+)"))
    end
end

function done(summary)
    local counts = {}
    for name, count in pairs(thread:get("statuses")) do
        table.insert(counts, string.format('"%s": %d', name, count))
    end
    local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    print(string.format(
        '{"statuses": {%s}, "silent": %d, "behind": %d, "milliseconds": [%s], "lost": %d, "seconds": %.3f}',
        table.concat(counts, ", "), thread:get("silent"), thread:get("behind"), table.concat(thread:get("times"), ", "), lost, summary.duration / 1e6
    ))
end
