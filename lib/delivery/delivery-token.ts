/** The injection tokens of a module's delivery, and of the tools that it is made with. */
export const DELIVERY = Symbol('WebEngageDelivery');
export const DELIVERY_TOOLS = Symbol('WebEngageDeliveryTools');
