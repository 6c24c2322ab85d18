import { importAxios, importFromRoot } from '../support/root-packages.mjs';
import { bareLoop, HEADERS, keepAliveAgent } from './bare-loop.mjs';

export const httpServiceLoop = {
  name: 'bare HttpService, single',
  packageName: '@nestjs/axios',
  settings: 'one event a call, 16 at a time, a keep-alive agent, axios defaults',
  async open({ origin }) {
    const { HttpService } = await importFromRoot('@nestjs/axios');
    const { firstValueFrom } = await importFromRoot('rxjs');
    const http = new HttpService((await importAxios()).create({ httpAgent: keepAliveAgent() }));
    const url = `${origin}/v1/accounts/bench/events`;
    return { deliver: bareLoop(([event]) => firstValueFrom(http.post(url, event, { headers: HEADERS })), 1) };
  },
};
