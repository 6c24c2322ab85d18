import { describe, expect, it } from '@jest/globals';
import { EventAttribute, EventsService, EventValidationError, WebEngageEvent } from 'nestjs-webengage';
import { IsIn, IsOptional, Length } from 'class-validator';
import { useRecordedTracking } from '../../support/recorded-tracking.js';
import { expectNoUnobservedErrors } from '../../support/unobserved-errors.js';
import { readInstance, readValues } from './read-values.js';

class Node {
  @EventAttribute('Name', String, { optional: true }) @IsOptional() @IsIn(['a', 'b']) name?: string;
  @EventAttribute('Next', () => Node, { optional: true }) next?: Node;
  @EventAttribute('Children', () => [Node], { optional: true }) children?: Node[];
  @EventAttribute('Mandatory', Number, { optional: true }) number?: number;
}

class Leaf {
  @EventAttribute('Name', String) name!: string;
}

@WebEngageEvent('Hostile')
class Hostile {
  @EventAttribute('Root', Node, { optional: true }) root?: Node;
  @EventAttribute('Leaves', [Leaf], { optional: true }) leaves?: Leaf[];
  @EventAttribute('Number', Number, { optional: true }) number?: number;
  @EventAttribute('Name', String, { optional: true }) @IsOptional() @IsIn(['a', 'b']) name?: string;
}

@WebEngageEvent('Quoted')
class Quoted {
  /** Its message repeats what it was given, as messages may. */
  @EventAttribute('Coupon', String) @Length(1, 9, { message: '$value is no coupon' }) coupon!: string;
}

const throwing = (): never => {
  throw new Error('a trap');
};
const throwingProxy = new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing, has: throwing });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

expectNoUnobservedErrors();

describe('values that cannot be read', () => {
  it.each<[string, unknown]>([
    [
      'a getter that throws',
      {
        get number() {
          return throwing();
        },
      },
    ],
    ['a proxy that throws', throwingProxy],
    ['a revoked proxy', revoked.proxy],
    [
      'a nested getter that throws',
      {
        root: {
          get name() {
            return throwing();
          },
        },
      },
    ],
    ['a nested proxy that throws', { root: throwingProxy }],
    ['an array that throws', { leaves: new Proxy([], { get: throwing }) }],
    ['a proxy in an array', { leaves: [{ name: 'a' }, throwingProxy] }],
  ])('%s are refused', (_, values) => {
    const { violations, attributes } = readValues(Hostile, values);
    expect(attributes).toBeUndefined();
    expect(violations).toHaveLength(1);
    expect(violations[0]?.path).toMatch(/^eventData/);
  });

  it.each<[string, unknown]>([
    ['a String', 'Price: 1'],
    ['a number', 5],
    ['null', null],
    ['true', true],
    ['a function', () => ({})],
  ])('eventData that is %s is refused', (_, eventData) => {
    expect(readValues(Hostile, eventData).broken).toEqual(['eventData type']);
  });

  it('what is no instance is refused', () => {
    for (const instance of [undefined, null, 5, 'x', {}, Object.create(null), [], new Leaf(), Leaf, Symbol('s')]) {
      expect(readInstance(instance).broken).toEqual(['event type']);
    }
  });
});

describe('values without end', () => {
  it('cycles are refused', () => {
    const node: Node = { name: 'a' };
    node.next = node;
    expect(readValues(Hostile, { root: node }).attributes).toBeUndefined();
    expect(readValues(Hostile, { root: { children: [node] } }).attributes).toBeUndefined();
  });

  it('cycles that grow at every level are refused before they have grown', () => {
    let reads = 0;
    const node: Node = {};
    const children = Array.from({ length: 15 }, () => node);
    Object.defineProperty(node, 'children', { enumerable: true, get: () => (reads++, children) });
    expect(readValues(Hostile, { root: node }).attributes).toBeUndefined();
    // No more than there may be bytes: each would take some.
    expect(reads).toBeLessThan(1_048_576);
  });

  it('nesting deeper than ten levels is refused, ten levels are not', () => {
    const nested = (levels: number): Node => (levels === 1 ? { number: 1 } : { next: nested(levels - 1) });
    expect(readValues(Hostile, { root: nested(9) }).broken).toEqual([]);
    expect(readValues(Hostile, { root: nested(40) }).broken.join()).toContain('nestingLevels');
  });

  it('huge arrays are refused, whatever is in them', () => {
    expect(readValues(Hostile, { leaves: new Array(2 ** 32 - 1) }).attributes).toBeUndefined();
    expect(readValues(Hostile, { leaves: new Array(500_000) }).attributes).toBeUndefined();
  });

  it('what is missing in a long array is told within bounds', () => {
    const { violations } = readValues(Hostile, { leaves: Array.from({ length: 200_000 }, () => ({})) });
    expect(violations.length).toBeGreaterThan(0);
    expect(violations.length).toBeLessThan(300);
  });

  it('holes in arrays are refused, as in any event', () => {
    // eslint-disable-next-line no-sparse-arrays -- that is the point
    expect(readValues(Hostile, { leaves: [{ name: 'a' }, , { name: 'b' }] }).attributes).toBeUndefined();
  });
});

describe('names of a request body that mean something to JavaScript', () => {
  it('change no prototype', () => {
    const body: unknown = JSON.parse('{"__proto__":{"number":5},"name":"a"}');
    expect(readValues(Hostile, body).attributes).toEqual({ Name: 'a' });
    expect(readInstance(new (Hostile as new (values: unknown) => Hostile)(body)).attributes).toEqual({ Name: 'a' });
    expect(({} as { number?: number }).number).toBeUndefined();
  });

  it.each(['{"name":"c","__proto__":{}}', '{"name":"c","constructor":"x"}', '{"name":"c","constructor":{"name":"x"}}'])(
    'lead past no validator: %s',
    (body) => {
      expect(readValues(Hostile, JSON.parse(body)).broken).toEqual(['eventData["Name"] validator']);
      expect(readValues(Hostile, { root: JSON.parse(body) }).broken).toEqual(['eventData["Root"]["Name"] validator']);
    },
  );
});

describe('track()', () => {
  const recorded = useRecordedTracking();
  const track = (...given: unknown[]) => {
    const { events } = recorded.tracking;
    return (events.track.bind(events) as unknown as (...given: unknown[]) => ReturnType<EventsService['track']>)(
      ...given,
    );
  };

  it.each<[string, unknown[]]>([
    [
      'a subject whose getter throws',
      [
        Hostile,
        {
          get userId() {
            return throwing();
          },
        },
      ],
    ],
    ['a subject that is a proxy that throws', [Hostile, throwingProxy]],
    ['an instance whose subject throws', [new Hostile(), throwingProxy]],
    ['an instance that is a proxy that throws', [throwingProxy, { userId: '1' }]],
    ['a class that is none', [Leaf, { userId: '1' }]],
    ['a function', [() => 'x', { userId: '1' }]],
    ['no subject', [Hostile, null]],
    ['a class alone', [Hostile]],
    ['an instance alone', [new Hostile()]],
  ])('refuses %s with an EventValidationError', async (_, given) => {
    const before = recorded.tracking.events.stats();
    await expect(track(...given)).rejects.toBeInstanceOf(EventValidationError);
    expect(recorded.tracking.events.stats()).toEqual({ ...before, refused: before.refused + 1 });
  });

  it("a validator's message stays one line, and short, in violations and in the log", async () => {
    const coupon = `FORGED\nERROR [WebEngage] all\r\u0085\u2028\u001b[31mlost${'x'.repeat(900)}`;
    const thrown: unknown = await track(Quoted, { userId: '1', eventData: { coupon } }).catch(
      (error: unknown) => error,
    );
    const [{ path, rule, message }, ...others] = (thrown as EventValidationError).violations;
    expect([path, rule, others]).toEqual(['eventData["Coupon"]', 'validator', []]);
    expect(message).toMatch(/^eventData\["Coupon"\] FORGED ERROR \[WebEngage\] all \[31mlostx+$/);
    expect(message).toHaveLength('eventData["Coupon"] '.length + 500);
    const logged = recorded.tracking.logger.lines.filter(({ text }) => text.includes('FORGED'));
    expect(logged).toHaveLength(1);
    expect(logged[0]?.text).toContain(message);
    for (const character of '\n\r\u0085\u2028\u001b') expect(logged[0]?.text).not.toContain(character);
  });
});
