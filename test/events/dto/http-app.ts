import { type INestApplication, Module, type Type, ValidationPipe, type ValidationPipeOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WebEngageModule } from 'nestjs-webengage';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DIRECT } from '../../support/deliveries.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { API_KEY, LICENSE_CODE } from '../../support/tracking-context.js';
import { WireRecorder } from '../../support/wire-recorder.js';

export const PLATFORMS = ['Express', 'Fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface HttpAnswer {
  readonly status: number | undefined;
  readonly body: { readonly message?: string | readonly string[] } & Record<string, unknown>;
}

/** A user's application with one controller, behind a ValidationPipe, whose events are recorded before it answers. */
export class HttpApp {
  private constructor(
    private readonly app: INestApplication,
    readonly wire: WireRecorder,
  ) {}

  static async start(platform: Platform, controller: Type<object>, pipe: ValidationPipeOptions): Promise<HttpApp> {
    const wire = await WireRecorder.start();
    // One name of an attribute is sent with values of many types.
    const onTypeConflict = 'warn' as const;
    const options = { licenseCode: LICENSE_CODE, apiKey: API_KEY, host: wire.url, delivery: DIRECT, onTypeConflict };
    @Module({
      imports: [WebEngageModule.forRoot(options)],
      controllers: [controller],
    })
    class AppModule {}
    const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
    const app = await NestFactory.create(AppModule, adapter, { logger: new RecordingLogger(), abortOnError: false });
    app.useGlobalPipes(new ValidationPipe(pipe));
    await app.listen(0, '127.0.0.1');
    return new HttpApp(app, wire);
  }

  get<Service extends object>(type: Type<Service>): Service {
    return this.app.get(type, { strict: false });
  }

  /** Posts JSON text, or a value as JSON. Text may hold what no JavaScript value would keep, such as `__proto__`. */
  post(path: string, body: string | object): Promise<HttpAnswer> {
    const { port } = this.app.getHttpServer().address() as AddressInfo;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(chunks).toString();
            resolve({
              status: response.statusCode,
              body: (answer === '' ? {} : JSON.parse(answer)) as HttpAnswer['body'],
            });
          });
        },
      );
      request.on('error', reject).end(text);
    });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.wire.close();
  }
}
