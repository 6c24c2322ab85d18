import http from 'node:http';
import https from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Axios, isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { isLoopback } from '../configuration/loopback.js';
import type { ResolvedOptions } from '../configuration/resolve-options.js';
import type { Secret } from '../configuration/secret.js';
import type { Answer } from './answer.js';
import { Interruption } from './interruption.js';
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
  readonly #http: HttpService;
  readonly #apiKey: Secret<string>;
  readonly #timeout: number;
  readonly #urls: Readonly<Record<CallKind, string>>;
  readonly #underWay: Interruption[] = [];
  readonly #agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
  };

  constructor({ host, licenseCode, apiKey, timeout, http: hiddenHttp }: WireOptions) {
    const userHttp = hiddenHttp.reveal();
    const account = `${host}/v1/accounts/${licenseCode}`;
    this.#urls = { single: `${account}/events`, bulk: `${account}/bulk-events` };
    this.#apiKey = apiKey;
    this.#timeout = timeout;
    // An axios of our own, which inherits none of the application's defaults: its tokens are not WebEngage's business.
    const axios = new Axios({
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
    });
    this.#http = new HttpService(axios as ConstructorParameters<typeof HttpService>[0]);
  }

  /** Makes one call. Never rejects, and takes at most `timeout`. */
  async send(call: OutgoingCall): Promise<Answer> {
    const interruption = new Interruption();
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      interruption.abort();
    }, this.#timeout);
    this.#underWay.push(interruption);
    try {
      const response = await this.#http.axiosRef.request<string>(this.#requestFor(call, interruption));
      // axios lets what it made for a call live until the next full garbage collection; the body is most of it.
      response.config.data = undefined;
      return this.#toAnswer(response);
    } catch (error) {
      if (isTooLate) return unanswered(`no answer within ${this.#timeout} ms`);
      if (interruption.aborted) return unanswered('the call was broken off by the shutdown');
      return this.#toNoAnswer(error);
    } finally {
      clearTimeout(timer);
      this.#underWay.splice(this.#underWay.indexOf(interruption), 1);
    }
  }

  /** Breaks off the calls that are under way and closes the idle connections. */
  close(): void {
    for (const interruption of this.#underWay) interruption.abort();
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  #requestFor({ kind, json, requestId }: OutgoingCall, signal: Interruption): AxiosRequestConfig<string> {
    return {
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
    const queued = isSuccess && said === 'queued';
    if (queued) return { queued, status, message: said, mayBeIngested: true, ...told };
    const outcome = `WebEngage answered ${status}${isSuccess ? ', but not "queued"' : ''}`;
    return {
      queued,
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
