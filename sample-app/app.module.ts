import { Module, ValidationPipe } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_PIPE } from '@nestjs/core';
import { webEngageConfig, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { openTelemetry } from 'nestjs-webengage/otel';
import { AuthModule } from './auth/auth.module.js';
import { CartModule } from './cart/cart.module.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { chooseDelivery } from './delivery.js';
import { HealthModule } from './health/health.module.js';
import { LOCK_FILE } from './lock-file.js';
import { ProductsModule } from './products/products.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    WebEngageModule.forRootAsync({
      ...webEngageConfig.asProvider(),
      useFactory: (options: WebEngageModuleOptions) => ({
        ...options,
        delivery: chooseDelivery(),
        // Nothing comes of it unless the process has OpenTelemetry's SDK.
        instrumentation: openTelemetry(),
        typeLock: { lockFile: LOCK_FILE },
      }),
    }),
    AuthModule,
    ProductsModule,
    CartModule,
    CheckoutModule,
    HealthModule,
  ],
  providers: [{ provide: APP_PIPE, useValue: new ValidationPipe({ whitelist: true, transform: true }) }],
})
export class AppModule {}
