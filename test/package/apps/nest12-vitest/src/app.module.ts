import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { webEngageConfig, WebEngageModule } from 'nestjs-webengage';
import { ShopModule } from './shared/shop.js';

@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true }),
    WebEngageModule.forRootAsync(webEngageConfig.asProvider()),
    ShopModule,
  ],
})
export class AppModule {}
