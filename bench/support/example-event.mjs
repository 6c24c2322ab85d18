// WebEngage's documented example event, with a number, a user and a price of its own for each call.

export const EVENT_NAME = 'Added to Cart';
/** The attribute that numbers the events: by it the collector tells which arrived. */
export const NUMBER_ATTRIBUTE = 'Product ID';

export function exampleUser(number) {
  return `user-${number % 1000}`;
}

export function exampleData(number) {
  return {
    [NUMBER_ATTRIBUTE]: number,
    Price: 39.8 + (number % 100),
    Quantity: 1,
    Product: 'Givenchy Pour Homme Cologne',
    Category: 'Fragrance',
    Currency: 'USD',
  };
}

/** The event as the bare loops send it, in WebEngage's own form. */
export function exampleEvent(number) {
  return { userId: exampleUser(number), eventName: EVENT_NAME, eventData: exampleData(number) };
}
