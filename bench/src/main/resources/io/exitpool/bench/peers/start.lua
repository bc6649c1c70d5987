-- A session starts. KEYS: the server's free slots, the server's leases, the decisions.
-- ARGV: the session, the server. Answers the slot, or -1.
--
-- The free slots are a list in the order in which they emptied, so that the one at its front has
-- rested longest: if it may not be granted yet, none may. This costs a constant number of commands
-- and is cheaper for Redis than a uniform choice, which needs a set beside the order of release.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local front = redis.call('LPOP', KEYS[1])
if front then
    local colon = string.find(front, ':', 1, true)
    local slot = string.sub(front, 1, colon - 1)
    if tonumber(string.sub(front, colon + 1)) <= now then
        redis.call('HSET', KEYS[2], ARGV[1], slot)
        redis.call('XADD', KEYS[3], '*', 'kind', 'g', 'server', ARGV[2], 'session', ARGV[1], 'slot', slot)
        return tonumber(slot)
    end
    redis.call('LPUSH', KEYS[1], front)
end
redis.call('XADD', KEYS[3], '*', 'kind', 'x', 'server', ARGV[2], 'session', ARGV[1], 'slot', '')
return -1
