-- A session ends. KEYS: the server's free slots, the server's leases, the decisions.
-- ARGV: the session, the server, how long the slot rests in milliseconds. Answers the slot, or -1.
local slot = redis.call('HGET', KEYS[2], ARGV[1])
if not slot then
    return -1
end
local time = redis.call('TIME')
local rested = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('RPUSH', KEYS[1], slot .. ':' .. string.format('%.0f', rested))
redis.call('XADD', KEYS[3], '*', 'kind', 'r', 'server', ARGV[2], 'session', ARGV[1], 'slot', slot)
return tonumber(slot)
