import { randomBytes } from 'node:crypto';

type Method = 'GET' | 'POST' | 'DELETE';

/** A browser, as it were: calls the shop's routes and keeps who it is, first as a visitor, later as a customer. */
export class Shopper {
  private readonly visitorId = `visitor-${randomBytes(4).toString('hex')}`;
  private token: string | undefined;

  constructor(private readonly shopUrl: string) {}

  async signIn(name: string): Promise<void> {
    const { token } = await this.call<{ token: string }>('POST', '/auth/sign-in', { name });
    this.token = token;
  }

  async signOut(): Promise<void> {
    await this.call('POST', '/auth/sign-out');
    this.token = undefined;
  }

  /** Calls a route; rejects when the shop refuses. */
  async call<Answer>(method: Method, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.shopUrl + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-visitor-id': this.visitorId,
        ...(this.token === undefined ? undefined : { authorization: `Bearer ${this.token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
