import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { describeUndisturbed } from '../support/undisturbed.js';
import { answersController } from './answers.controllers.js';
import { startRpcApp } from './rpc-app.js';

expectNoUnobservedErrors();

describeUndisturbed('TCP', (track, webEngage) =>
  startRpcApp('a microservice', { controllers: [answersController(track)] }, webEngage),
);
