import { Readable } from 'node:stream';
import {
  BadRequestException,
  Controller,
  Get,
  Header,
  HttpCode,
  Post,
  Redirect,
  Res,
  StreamableFile,
  type Type,
} from '@nestjs/common';
import { EMPTY, concat, of, throwError } from 'rxjs';

/** A response of Express or a reply of Fastify, as far as the two are alike. */
interface PlatformResponse {
  header(name: string, value: string): unknown;
  status(status: number): PlatformResponse;
  send(body: string): unknown;
}

/** Decorates a handler with whatever is under test, or with nothing. */
export type Track = (eventName: string) => MethodDecorator;

/** A controller with one route for each way in which a handler can answer. */
export function answersController(path: string, Track: Track): Type {
  @Controller(path)
  class Answers {
    @Get('object') @Track('object') object(): unknown {
      return { sku: 'cologne', price: 39.8 };
    }

    @Get('array') @Track('array') array(): unknown {
      return [1, 2, 3];
    }

    @Get('string') @Track('string') string(): unknown {
      return 'Givenchy';
    }

    @Get('number') @Track('number') number(): unknown {
      return 1337;
    }

    @Get('undefined') @Track('undefined') undefined(): unknown {
      return undefined;
    }

    @Get('null') @Track('null') null(): unknown {
      return null;
    }

    @Get('promise') @Track('promise') async promise(): Promise<unknown> {
      await new Promise((resolve) => setImmediate(resolve));
      return { sku: 'cologne' };
    }

    @Post('created') @Track('created') created(): unknown {
      return { id: 1 };
    }

    @Get('three-values') @Track('three-values') threeValues(): unknown {
      return of('one', 'two', 'three');
    }

    @Get('promised-observable') @Track('promised-observable') async promisedObservable(): Promise<unknown> {
      return of('one', 'two');
    }

    @Get('empty') @Track('empty') empty(): unknown {
      return EMPTY;
    }

    @Get('fails-after-one') @Track('fails-after-one') failsAfterOne(): unknown {
      return concat(
        of('one'),
        throwError(() => new BadRequestException('no more')),
      );
    }

    @Get('http-exception') @Track('http-exception') httpException(): unknown {
      throw new BadRequestException('no such product');
    }

    @Get('error') @Track('error') error(): unknown {
      throw new Error('out of stock');
    }

    @Get('rejection') @Track('rejection') async rejection(): Promise<unknown> {
      return Promise.reject(new BadRequestException('no such product'));
    }

    @Get('not-an-error') @Track('not-an-error') notAnError(): unknown {
      throw 'a string';
    }

    @Get('own-response') @Track('own-response') ownResponse(@Res() response: PlatformResponse): void {
      response.header('X-Own', 'yes');
      response.status(202).send('sent by the handler');
    }

    @Get('late-own-response') @Track('late-own-response') lateOwnResponse(@Res() response: PlatformResponse): void {
      setImmediate(() => response.status(202).send('sent after the handler'));
    }

    @Get('passthrough') @Track('passthrough') passthrough(@Res({ passthrough: true }) response: PlatformResponse) {
      response.header('X-Own', 'yes');
      response.status(203);
      return { sku: 'cologne' };
    }

    @Get('file') @Track('file') file(): unknown {
      const content = Buffer.from([0, 128, 255, 10]);
      return new StreamableFile(content, { type: 'image/png', disposition: 'attachment; filename="pixel.png"' });
    }

    @Get('file-that-fails') @Track('file-that-fails') fileThatFails(): unknown {
      const stream = new Readable({
        read() {
          this.destroy(new Error('the disk is gone'));
        },
      });
      return new StreamableFile(stream);
    }

    @Get('stream') @Track('stream') stream(): unknown {
      return Readable.from(['one ', 'two ', 'three']);
    }

    @Get('generator') @Track('generator') async *generator(): AsyncGenerator<unknown> {
      yield { line: 1 };
      yield { line: 2 };
    }

    @Get('web-response') @Track('web-response') webResponse(): unknown {
      return new Response('from the web', { status: 206, headers: { 'X-Web': 'yes' } });
    }

    @Get('redirect') @Redirect('/elsewhere', 301) @Track('redirect') redirect(): unknown {
      return undefined;
    }

    @Get('dynamic-redirect') @Redirect('/elsewhere') @Track('dynamic-redirect') dynamicRedirect(): unknown {
      return { url: '/there', statusCode: 307 };
    }

    @Get('header') @Header('X-Shop', 'perfumes') @Track('header') header(): unknown {
      return 'with a header';
    }

    @Get('status') @HttpCode(418) @Track('status') status(): unknown {
      return { short: 'and stout' };
    }

    @Get('no-content') @HttpCode(204) @Track('no-content') noContent(): unknown {
      return undefined;
    }
  }
  return Answers;
}
