import { WebEngageError } from './webengage.error.js';

/** This process only delivers what others track: its delivery has the role `worker`. The event was not taken. */
export class DeliveryRoleError extends WebEngageError {
  override readonly name = 'DeliveryRoleError';

  constructor() {
    super(
      'This process tracks no events: its delivery has the role "worker". Set delivery.role to "both" to track here too',
    );
  }
}
