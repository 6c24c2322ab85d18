import { Controller, type Type } from '@nestjs/common';
import { MessagePattern, RpcException } from '@nestjs/microservices';
import { concat, EMPTY, of, take, throwError, timer } from 'rxjs';
import type { Track } from '../support/transport-app.js';

const COLOGNE = { sku: 'cologne', price: 39.8 };

/** A controller with one message for each way in which a handler can answer. */
export function answersController(Track: Track): Type {
  @Controller()
  class Answers {
    @MessagePattern('value') @Track('value') value(): unknown {
      return COLOGNE;
    }

    @MessagePattern('zero') @Track('zero') zero(): unknown {
      return 0;
    }

    @MessagePattern('list') @Track('list') list(): unknown {
      return [1, 2, 3];
    }

    @MessagePattern('nothing') @Track('nothing') nothing(): unknown {
      return null;
    }

    @MessagePattern('no-answer') @Track('no-answer') noAnswer(): void {}

    @MessagePattern('promise') @Track('promise') async promise(): Promise<unknown> {
      await new Promise((resolve) => setImmediate(resolve));
      return COLOGNE;
    }

    @MessagePattern('three-values') @Track('three-values') threeValues(): unknown {
      return of('one', 'two', 'three');
    }

    @MessagePattern('slow-values') @Track('slow-values') slowValues(): unknown {
      return timer(0, 1).pipe(take(3));
    }

    @MessagePattern('promised-observable') @Track('promised-observable') async promisedObservable(): Promise<unknown> {
      return of('one', 'two');
    }

    @MessagePattern('empty') @Track('empty') empty(): unknown {
      return EMPTY;
    }

    @MessagePattern('rpc-exception') @Track('rpc-exception') rpcException(): never {
      throw new RpcException('no such product');
    }

    @MessagePattern('rpc-exception-object') @Track('rpc-exception-object') rpcExceptionObject(): never {
      throw new RpcException({ code: 404, sku: 'cologne' });
    }

    @MessagePattern('error') @Track('error') error(): never {
      throw new Error('out of stock');
    }

    @MessagePattern('rejection') @Track('rejection') async rejection(): Promise<never> {
      return Promise.reject(new RpcException('no such product'));
    }

    @MessagePattern('not-an-error') @Track('not-an-error') notAnError(): never {
      throw 'a string';
    }

    @MessagePattern('fails-after-one') @Track('fails-after-one') failsAfterOne(): unknown {
      return concat(
        of('one'),
        throwError(() => new RpcException('no more')),
      );
    }
  }
  return Answers;
}
