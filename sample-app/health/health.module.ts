import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { WebEngageHealthModule } from 'nestjs-webengage/health';
import { HealthController } from './health.controller.js';

@Module({
  imports: [TerminusModule, WebEngageHealthModule],
  controllers: [HealthController],
})
export class HealthModule {}
