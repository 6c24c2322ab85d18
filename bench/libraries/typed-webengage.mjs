import { EVENT_NAME, exampleData, NUMBER_ATTRIBUTE } from '../support/example-event.mjs';
import { importFromRoot, importPart } from '../support/root-packages.mjs';
import { bulkWebengage } from './webengage.mjs';

/** This library with a type guard that hands every event through: what is left is what `track()` was before it. */
export const unguardedWebengage = {
  ...bulkWebengage,
  name: 'ours, unguarded',
  settings: "as 'ours, bulk', but without its type guard",
  async open(settings) {
    const instance = await bulkWebengage.open(settings);
    const { TypeGuard } = await importPart('events/type-guard.js');
    instance.app.get(TypeGuard).check = (reading) => reading;
    return instance;
  },
};

/** The example's attributes by the properties of its class, each with a validator that a careful team would give it. */
const PROPERTIES = {
  productId: { name: NUMBER_ATTRIBUTE, type: Number, validator: ({ IsInt }) => IsInt() },
  price: { name: 'Price', type: Number, validator: ({ Min }) => Min(0) },
  quantity: { name: 'Quantity', type: Number, validator: ({ Min }) => Min(1) },
  product: { name: 'Product', type: String, validator: ({ IsString }) => IsString() },
  category: { name: 'Category', type: String, validator: ({ IsString }) => IsString() },
  currency: { name: 'Currency', type: String, validator: ({ Length }) => Length(3, 3) },
};

function valuesOf(number) {
  const data = exampleData(number);
  return {
    productId: data[NUMBER_ATTRIBUTE],
    price: data.Price,
    quantity: data.Quantity,
    product: data.Product,
    category: data.Category,
    currency: data.Currency,
  };
}

/** The example event as a class. Written without decorator syntax, which Node does not read. */
async function exampleClass(isValidated) {
  const { EventAttribute, WebEngageEvent } = await importFromRoot('nestjs-webengage');
  const validators = await importFromRoot('class-validator');
  class AddedToCart {
    productId;
    price;
    quantity;
    product;
    category;
    currency;
  }
  for (const [property, { name, type, validator }] of Object.entries(PROPERTIES)) {
    EventAttribute(name, type)(AddedToCart.prototype, property);
    if (isValidated) validator(validators)(AddedToCart.prototype, property);
  }
  return WebEngageEvent(EVENT_NAME)(AddedToCart);
}

/** @param trackWith `(events, eventClass) => track(userId, values)` */
function classWebengage(what, { isValidated }, trackWith) {
  return {
    ...bulkWebengage,
    name: `ours, ${what}${isValidated ? ', validated' : ''}`,
    settings: `as 'ours, bulk', events of a class${isValidated ? ' with six validators of class-validator' : ''}`,
    async open(settings) {
      const instance = await bulkWebengage.open(settings);
      const track = trackWith(instance.events, await exampleClass(isValidated));
      return { ...instance, track, dataOf: valuesOf };
    },
  };
}

const trackValues = (events, AddedToCart) => (userId, eventData) =>
  void events.track(AddedToCart, { userId, eventData });

const trackInstance = (events, AddedToCart) => (userId, values) =>
  void events.track(new AddedToCart(values), { userId });

export const classValuesWebengage = classWebengage('class', { isValidated: false }, trackValues);

export const classInstanceWebengage = classWebengage('instance', { isValidated: false }, trackInstance);

export const validatedValuesWebengage = classWebengage('class', { isValidated: true }, trackValues);

export const validatedInstanceWebengage = classWebengage('instance', { isValidated: true }, trackInstance);
