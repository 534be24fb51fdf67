/** A store for the gates of several processes, in Redis or anything that speaks its protocol and runs Lua. */
import type { GateStore } from "trading-api-errors";

/** As much of a client as the store needs: that of the packages `redis` and `@redis/client`. */
export interface Redis {
  get(key: string): Promise<string | null>;
  set(
    key: string,
    value: string,
    options: { condition: "NX"; expiration: { type: "PX"; value: number } },
  ): Promise<unknown>;
  eval(script: string, given: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Redis runs a script as a whole: nobody else writes between the look and the replacement. */
const replace = `
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3])
return 1`;

export function redisStore(client: Redis, prefix = "gate:"): GateStore {
  return {
    read: (name) => client.get(prefix + name),
    replace: async (name, from, to, ttlMs) => {
      const key = prefix + name;
      if (from === null) {
        const expiration = { type: "PX", value: ttlMs } as const;
        return (await client.set(key, to, { condition: "NX", expiration })) !== null;
      }
      const given = { keys: [key], arguments: [from, to, String(ttlMs)] };
      return (await client.eval(replace, given)) === 1;
    },
  };
}
