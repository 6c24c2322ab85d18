import type { Type } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets';
import { concat, EMPTY, from, map, of, take, throwError, timer } from 'rxjs';
import { SIGNED_IN, type Track } from '../support/transport-app.js';

const frame = (data: unknown) => ({ event: 'answer', data });

/** A gateway with one message for each way in which a handler can answer; whoever connects is signed in. */
export function shopGateway(Track: Track): Type {
  @WebSocketGateway()
  class Shop {
    handleConnection(client: object): void {
      Object.assign(client, { user: SIGNED_IN });
    }

    @SubscribeMessage('value') @Track('value') value(): unknown {
      return frame({ sku: 'cologne', price: 39.8 });
    }

    @SubscribeMessage('bare') @Track('bare') bare(): unknown {
      return 'no event';
    }

    @SubscribeMessage('void') @Track('void') void(): void {}

    @SubscribeMessage('null') @Track('null') null(): unknown {
      return null;
    }

    @SubscribeMessage('promise') @Track('promise') async promise(): Promise<unknown> {
      await new Promise((resolve) => setImmediate(resolve));
      return frame('cologne');
    }

    @SubscribeMessage('three-values') @Track('three-values') threeValues(): unknown {
      return from(['one', 'two', 'three']).pipe(map(frame));
    }

    @SubscribeMessage('slow-values') @Track('slow-values') slowValues(): unknown {
      return timer(0, 1).pipe(take(3), map(frame));
    }

    @SubscribeMessage('promised-observable') @Track('promised-observable') async promised(): Promise<unknown> {
      return of(frame('one'), frame('two'));
    }

    @SubscribeMessage('empty') @Track('empty') empty(): unknown {
      return EMPTY;
    }

    @SubscribeMessage('ws-exception') @Track('ws-exception') wsException(): never {
      throw new WsException('no such product');
    }

    @SubscribeMessage('ws-exception-object') @Track('ws-exception-object') wsExceptionObject(): never {
      throw new WsException({ code: 404, sku: 'cologne' });
    }

    @SubscribeMessage('error') @Track('error') error(): never {
      throw new Error('out of stock');
    }

    @SubscribeMessage('rejection') @Track('rejection') async rejection(): Promise<never> {
      return Promise.reject(new WsException('no such product'));
    }

    @SubscribeMessage('not-an-error') @Track('not-an-error') notAnError(): never {
      throw 'a string';
    }

    @SubscribeMessage('fails-after-one') @Track('fails-after-one') failsAfterOne(): unknown {
      return concat(
        of(frame('one')),
        throwError(() => new WsException('no more')),
      );
    }

    @SubscribeMessage('ping') ping(): unknown {
      return 'pong';
    }
  }
  return Shop;
}
