import http from 'node:http';
import https from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Axios, isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { defer, firstValueFrom, map, of, takeUntil, timeout, type Observable } from 'rxjs';
import { isLoopback } from '../configuration/loopback.js';
import type { ResolvedOptions } from '../configuration/resolve-options.js';
import type { Secret } from '../configuration/secret.js';
import type { Envelope } from '../delivery/envelope.js';
import type { Answer } from './answer.js';
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
  readonly #agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
  };

  constructor({ host, licenseCode, apiKey, timeout, http: hiddenHttp }: WireOptions) {
    const userHttp = hiddenHttp.reveal();
    this.#apiKey = apiKey;
    this.#timeout = timeout;
    this.#request = {
      method: 'POST',
      url: `${host}/v1/accounts/${licenseCode}/events`,
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

  /** Sends one event. Never rejects; takes at most `timeout`, and ends early when `stop$` emits. */
  send(envelope: Envelope, stop$: Observable<void>): Promise<Answer> {
    const answer$ = defer(() => this.#http.request<string>(this.#requestFor(envelope))).pipe(
      map((response) => this.#toAnswer(response)),
      timeout({
        first: this.#timeout,
        with: () => of(unanswered(`no answer within ${this.#timeout} ms`)),
      }),
      takeUntil(stop$),
    );
    return firstValueFrom(answer$, { defaultValue: unanswered('the call was broken off by the shutdown') }).catch(
      (error: unknown) => this.#toNoAnswer(error),
    );
  }

  /** Closes the idle connections. */
  close(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  #requestFor({ json, requestId }: Envelope): AxiosRequestConfig<string> {
    return {
      ...this.#request,
      data: json,
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
    if (isSuccess && said === 'queued') return { queued: true, status, message: 'queued', mayBeIngested: true };
    const outcome = `WebEngage answered ${status}${isSuccess ? ', but not "queued"' : ''}`;
    return {
      queued: false,
      status,
      message: this.#clean(message === undefined ? outcome : `${outcome}: ${message}`),
      mayBeIngested: isSuccess || status === 408 || status >= 500,
      ...(retryAfter === undefined ? undefined : { retryAfter }),
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
