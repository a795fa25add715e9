-- For wrk: sends batches of `depth` requests (wrk ... -- DEPTH) and prints what the lab reads.

local batch

function init(arguments)
    local depth = tonumber(arguments[1] or "1")
    if depth > 1 then
        local all = {}
        for i = 1, depth do all[i] = wrk.format() end
        batch = table.concat(all)
        -- Only now: wrk asks a script that has this function for every single request.
        request = function() return batch end
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    print(string.format(
        "lab duration=%d requests=%d bytes=%d connect=%d read=%d write=%d status=%d timeout=%d",
        summary.duration, summary.requests, summary.bytes, errors.connect, errors.read,
        errors.write, errors.status, errors.timeout))
    for _, p in ipairs({1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99}) do
        print(string.format("lab p%s %d", p, latency:percentile(p)))
    end
    print(string.format("lab p100 %d", latency.max))
end
