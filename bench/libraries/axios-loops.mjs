import { importAxios } from '../support/root-packages.mjs';
import { bareLoop, HEADERS, keepAliveAgent } from './bare-loop.mjs';

const EVENTS_PER_BULK_CALL = 25;
/** Settings that leave out of axios what costs time: its body is a text, and so is its answer. */
export const TUNED = {
  adapter: 'http',
  maxRedirects: 0,
  proxy: false,
  responseType: 'text',
  transformRequest: [(data) => data],
  transformResponse: [(data) => data],
};

export const axiosBulkLoop = {
  name: 'bare axios, bulk',
  packageName: 'axios',
  settings: '25 events a call, 16 calls at a time, a keep-alive agent, JSON.stringify of the objects',
  async open({ origin }) {
    const axios = (await importAxios()).create({ httpAgent: keepAliveAgent(), headers: HEADERS });
    const url = `${origin}/v1/accounts/bench/bulk-events`;
    return { deliver: bareLoop((events) => axios.post(url, JSON.stringify({ events })), EVENTS_PER_BULK_CALL) };
  },
};

export const axiosTunedLoop = {
  name: 'tuned axios, single',
  packageName: 'axios',
  settings:
    'one event a call, 16 at a time, a keep-alive agent; a body written before, no transforms, no redirects, text answers',
  async open({ origin }) {
    const axios = (await importAxios()).create({ httpAgent: keepAliveAgent(), headers: HEADERS, ...TUNED });
    const url = `${origin}/v1/accounts/bench/events`;
    return { deliver: bareLoop(([event]) => axios.post(url, JSON.stringify(event)), 1) };
  },
};
