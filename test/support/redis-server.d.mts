export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Where it keeps what is on disk. */
  readonly directory: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface RedisServerOptions {
  appendfsync?: 'always' | 'everysec';
  settings?: string[];
}

export function hasRedisServer(): boolean;
export function startRedis(options?: RedisServerOptions): Promise<RedisServer>;
