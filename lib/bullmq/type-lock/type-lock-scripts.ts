/**
 * Two keys hold the lock of one account: a hash with the type of each attribute, and a log of the same in the order in
 * which they were settled, so that a process reads only what is new to it.
 *
 * A process remembers the last entry of the log that it knows of, and its index: its witness. While that entry stands
 * there, the log is still the one that the process has read. Each entry carries a stamp of its own, so that it cannot
 * stand there by chance, in a log that was begun anew.
 */

/** Where the log was when a process last looked: the index of its last entry, and the entry. */
export interface Witness {
  readonly index: number;
  readonly entry: string;
}

/** Of a process that has seen no entry yet. */
export const NO_WITNESS: Witness = { index: -1, entry: '' };

/**
 * Settles types. Keys: hash, log. Arguments: the witness's index and entry; attributes at most; a stamp; then field and
 * type of each attribute.
 *
 * @returns whether the witness is in its place (1 or 0); index and text of the last entry; the type that each attribute has
 */
export const SETTLE_TYPES = `
local hash, log = KEYS[1], KEYS[2]
-- One without the other was evicted or deleted. Half a lock would let processes disagree; they propose again instead.
if redis.call('EXISTS', hash, log) == 1 then redis.call('DEL', hash, log) end

local isIntact = ARGV[2] == '' or redis.call('LINDEX', log, ARGV[1]) == ARGV[2]
local room = tonumber(ARGV[3]) - redis.call('HLEN', hash)
local types = {}
for index = 5, #ARGV, 2 do
  local field, proposed = ARGV[index], ARGV[index + 1]
  local settled = redis.call('HGET', hash, field)
  if not settled and room > 0 then
    redis.call('HSET', hash, field, proposed)
    redis.call('RPUSH', log, string.sub(field, 1, -2) .. ',"' .. proposed .. '","' .. ARGV[4] .. '"]')
    room = room - 1
  end
  types[#types + 1] = settled or proposed
end
return { isIntact and 1 or 0, redis.call('LLEN', log) - 1, redis.call('LINDEX', log, -1) or '', types }
`;

/**
 * Reads the log. Key: log. Arguments: the witness's index and entry; the first and the last index to read.
 *
 * @returns the entries, or nothing if the witness is not in its place
 */
export const READ_TYPE_LOG = `
if ARGV[2] ~= '' and redis.call('LINDEX', KEYS[1], ARGV[1]) ~= ARGV[2] then return false end
return redis.call('LRANGE', KEYS[1], ARGV[3], ARGV[4])
`;
