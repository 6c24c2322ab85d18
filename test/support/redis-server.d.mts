export interface RedisServer {
  readonly port: number;
  readonly url: string;
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
