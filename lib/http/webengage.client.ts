import http from 'node:http';
import https from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Axios, isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { isLoopback } from '../configuration/loopback.js';
import type { ResolvedOptions } from '../configuration/resolve-options.js';
import type { Secret } from '../configuration/secret.js';
import type { Answer } from './answer.js';
import type { CallKind, OutgoingCall } from './outgoing-call.js';
import { parseRateLimit } from './rate-limit.js';
import { parseRetryAfter } from './retry-after.js';

const MAX_ANSWER_BYTES = 65_536;
const MAX_MESSAGE_LENGTH = 500;
const CONTROL_CHARACTERS = /\p{Cc}+/gu;
/** The connection was never made, so nothing can have been ingested. */
const NEVER_CONNECTED: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

type WireOptions = Pick<ResolvedOptions, 'host' | 'licenseCode' | 'apiKey' | 'timeout' | 'http'>;

/**
 * Speaks WebEngage's REST API. All that only HTTP knows ends here: what leaves is an `Answer`, never an AxiosError,
 * whose configuration holds the API key.
 */
export class WebEngageClient {
  // Private to the runtime, so that inspecting whatever holds this client never comes upon the key.
  readonly #http = createHttpService();
  readonly #apiKey: Secret<string>;
  readonly #timeout: number;
  readonly #request: AxiosRequestConfig<string>;
  readonly #urls: Readonly<Record<CallKind, string>>;
  readonly #underWay = new Set<AbortController>();
  readonly #agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
  };

  constructor({ host, licenseCode, apiKey, timeout, http: hiddenHttp }: WireOptions) {
    const userHttp = hiddenHttp.reveal();
    this.#apiKey = apiKey;
    this.#timeout = timeout;
    const account = `${host}/v1/accounts/${licenseCode}`;
    this.#urls = { single: `${account}/events`, bulk: `${account}/bulk-events` };
    this.#request = {
      method: 'POST',
      httpAgent: (userHttp.httpAgent as unknown) ?? this.#agents.httpAgent,
      httpsAgent: (userHttp.httpsAgent as unknown) ?? this.#agents.httpsAgent,
      // A sandbox on this machine is not to be looked for behind the proxy that the environment names.
      proxy: userHttp.proxy ?? (isLoopback(new URL(host).hostname) ? false : undefined),
      adapter: 'http',
      // A redirect would carry the key to wherever it points.
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: Infinity,
      responseType: 'text',
      transformRequest: (data: string) => data,
      transformResponse: (data: string) => data,
      validateStatus: () => true,
    };
  }

  /** Makes one call. Never rejects, and takes at most `timeout`. */
  async send(call: OutgoingCall): Promise<Answer> {
    const broken = new AbortController();
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      broken.abort();
    }, this.#timeout);
    this.#underWay.add(broken);
    try {
      return this.#toAnswer(await this.#http.axiosRef.request(this.#requestFor(call, broken.signal)));
    } catch (error) {
      if (isTooLate) return unanswered(`no answer within ${this.#timeout} ms`);
      if (broken.signal.aborted) return unanswered('the call was broken off by the shutdown');
      return this.#toNoAnswer(error);
    } finally {
      clearTimeout(timer);
      this.#underWay.delete(broken);
    }
  }

  /** Breaks off the calls that are under way and closes the idle connections. */
  close(): void {
    for (const call of this.#underWay) call.abort();
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  #requestFor({ kind, json, requestId }: OutgoingCall, signal: AbortSignal): AxiosRequestConfig<string> {
    return {
      ...this.#request,
      url: this.#urls[kind],
      data: json,
      signal,
      headers: {
        Authorization: `Bearer ${this.#apiKey.reveal()}`,
        'Content-Type': 'application/json',
        'x-request-id': requestId,
      },
    };
  }

  #toAnswer({ status, data, headers }: AxiosResponse<string>): Answer {
    const { status: said, message } = readResponse(data);
    const retryAfter = parseRetryAfter(headers['retry-after'], Date.now());
    const isSuccess = status >= 200 && status < 300;
    const rateLimit = parseRateLimit(headers);
    const told = {
      ...(retryAfter === undefined ? undefined : { retryAfter }),
      ...(rateLimit === undefined ? undefined : { rateLimit }),
    };
    if (isSuccess && said === 'queued')
      return { queued: true, status, message: 'queued', mayBeIngested: true, ...told };
    const outcome = `WebEngage answered ${status}${isSuccess ? ', but not "queued"' : ''}`;
    return {
      queued: false,
      status,
      message: this.#clean(message === undefined ? outcome : `${outcome}: ${message}`),
      mayBeIngested: isSuccess || status === 408 || status >= 500,
      ...told,
    };
  }

  #toNoAnswer(error: unknown): Answer {
    const code = isAxiosError(error) ? error.code : undefined;
    const message = error instanceof Error ? error.message : '';
    return unanswered(this.#clean(message || code || 'unknown network error'), !NEVER_CONNECTED.has(code));
  }

  /** WebEngage may repeat the key in its message, and a line break in it would forge a line of the log. */
  #clean(message: string): string {
    return message
      .replaceAll(this.#apiKey.reveal(), '[api key]')
      .replace(CONTROL_CHARACTERS, ' ')
      .slice(0, MAX_MESSAGE_LENGTH);
  }
}

/** An axios of our own, which inherits none of the application's defaults: its tokens are not WebEngage's business. */
function createHttpService(): HttpService {
  const axios = new Axios({});
  // HttpService calls it as a plain function.
  axios.request = axios.request.bind(axios);
  return new HttpService(axios as ConstructorParameters<typeof HttpService>[0]);
}

function unanswered(why: string, mayBeIngested = true): Answer {
  return { queued: false, status: undefined, message: `WebEngage did not answer: ${why}`, mayBeIngested };
}

function readResponse(body: string): { status?: unknown; message?: string } {
  try {
    const { response } = JSON.parse(body) as { response?: { status?: unknown; message?: unknown } };
    const message = response?.message;
    return { status: response?.status, ...(typeof message === 'string' && message !== '' ? { message } : undefined) };
  } catch {
    return {};
  }
}
