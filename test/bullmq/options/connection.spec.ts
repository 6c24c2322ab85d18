import { createServer, type AddressInfo, type Server } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { ConfigurationError } from 'nestjs-webengage';
import { bullMqDelivery, type BullMqDeliveryOptions } from 'nestjs-webengage/bullmq';
import { resolveBullMqOptions } from '../../../lib/bullmq/options/resolve-bullmq-options.js';
import { startTracking } from '../../support/tracking-context.js';
import { pause } from '../support/until.js';

const PASSWORD = 'canary-password';

describe('a connection that BullMQ cannot use', () => {
  let server: Server;
  let connections: number;
  let clients: (Redis | Cluster)[];

  beforeEach(async () => {
    connections = 0;
    clients = [];
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    for (const client of clients) client.disconnect();
    await new Promise((resolve) => server.close(resolve));
  });

  const address = () => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  const url = () => `redis://:${PASSWORD}@127.0.0.1:${address().port}`;
  const keep = <Client extends Redis | Cluster>(client: Client): Client => {
    clients.push(client);
    return client;
  };

  it.each<[string, () => unknown, string, RegExp]>([
    [
      'options with a keyPrefix',
      () => ({ ...address(), password: PASSWORD, keyPrefix: 'app:' }),
      '.keyPrefix',
      /delivery\.prefix/,
    ],
    [
      'a client with a keyPrefix',
      () => keep(new Redis(url(), { keyPrefix: 'app:', lazyConnect: true })),
      '.keyPrefix',
      /delivery\.prefix/,
    ],
    ['a URL among options', () => ({ url: url() }), '.url', /give the URL itself/],
    ['a URL that is none', () => `redis://:${PASSWORD}@[bad`, '', /redis:\/\//],
    ['a cluster', () => keep(new Cluster([address()], { lazyConnect: true })), '', /Cluster/],
  ])('%s is refused at boot, and nothing is opened', async (_name, connection, field, message) => {
    const given = connection();
    const delivery = bullMqDelivery({ connection: given as BullMqDeliveryOptions['connection'] });
    const error: unknown = await startTracking({ delivery }).then(
      ({ app }) => app.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    const { problems } = error as ConfigurationError;
    expect(problems).toMatchObject([{ option: `delivery.connection${field}` }]);
    expect(problems[0]?.message).toMatch(message);
    expect(inspect(error, { depth: Infinity }) + JSON.stringify(error)).not.toContain(PASSWORD);
    await pause(50);
    expect(connections).toBe(0);
    expect(clients.map(({ status }) => status)).toEqual(clients.map(() => 'wait'));
  });

  it('a URL with a keyPrefix, which ioredis reads there too, is refused', () => {
    const connection = `${url()}?keyPrefix=app:`;
    const resolve = () => resolveBullMqOptions({ connection }, { licenseCode: 'a' });
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(/delivery\.prefix/);
    expect(resolve).not.toThrow(new RegExp(PASSWORD));
  });
});
